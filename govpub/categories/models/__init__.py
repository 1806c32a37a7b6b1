from .executives import ExecutivesPage
from .general import GeneralInformationPage
from .item import Attachment, ItemClause, ItemPage
from .knowledge import KnowledgePage
from .law import LawPage
from .link_check import LinkCheck
from .links import WebLinkPage
from .manuals import ServiceManualPage, WorkManualPage
from .news import NewsPage
from .official_information import OfficialInformationPage
from .organisation import OrganisationPage
from .places import ContactPage, LocationPage
from .plans import PlanPage
from .responsibility import Responsibility
from .search_text import SearchFile, SearchText
from .structure import CategoryPage, FrontPageMixin, TopicPage

__all__ = [
    "Attachment",
    "CategoryPage",
    "ContactPage",
    "ExecutivesPage",
    "FrontPageMixin",
    "GeneralInformationPage",
    "ItemClause",
    "ItemPage",
    "KnowledgePage",
    "LawPage",
    "LinkCheck",
    "LocationPage",
    "NewsPage",
    "OfficialInformationPage",
    "OrganisationPage",
    "PlanPage",
    "Responsibility",
    "SearchFile",
    "SearchText",
    "ServiceManualPage",
    "TopicPage",
    "WebLinkPage",
    "WorkManualPage",
]
