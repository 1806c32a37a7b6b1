from .general import GeneralInformationPage
from .item import Attachment, ItemPage
from .knowledge import KnowledgePage
from .law import LawPage
from .links import WebLinkPage
from .manuals import ServiceManualPage, WorkManualPage
from .news import NewsPage
from .official_information import OfficialInformationPage
from .responsibility import Responsibility
from .search_text import SearchText
from .structure import CategoryPage, TopicPage

__all__ = [
    "Attachment",
    "CategoryPage",
    "GeneralInformationPage",
    "ItemPage",
    "KnowledgePage",
    "LawPage",
    "NewsPage",
    "OfficialInformationPage",
    "Responsibility",
    "SearchText",
    "ServiceManualPage",
    "TopicPage",
    "WebLinkPage",
    "WorkManualPage",
]
