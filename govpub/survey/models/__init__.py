from govpub.survey.models.comment import Comment
from govpub.survey.models.network_count import NetworkCount
from govpub.survey.models.page_rating import PageRating, PageTally
from govpub.survey.models.question import Aspect, Question, QuestionVersion
from govpub.survey.models.response import Answer, Response, Tally
from govpub.survey.models.round import SurveyRound
from govpub.survey.models.settings import SurveySettings

__all__ = [
    "Answer",
    "Aspect",
    "Comment",
    "NetworkCount",
    "PageRating",
    "PageTally",
    "Question",
    "QuestionVersion",
    "Response",
    "SurveyRound",
    "SurveySettings",
    "Tally",
]
