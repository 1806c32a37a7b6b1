"""The nine categories of the announcement, the ten topics of the first, the kinds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.IntegerChoices):
    """The nine categories of information, by their number in the announcement."""

    GENERAL = 1, _("General information")
    LAWS = 2, _("Laws and regulations")
    KNOWLEDGE = 3, _("Knowledge and statistics")
    LINKS = 4, _("Related websites")
    OFFICIAL_INFORMATION = 5, _("Official information")
    WORK_MANUALS = 6, _("Operating manuals")
    SERVICE_MANUALS = 7, _("Manuals for the public")
    NEWS = 8, _("Public relations news")
    STATISTICS = 9, _("Visits and satisfaction")

    @property
    def slug(self) -> str:
        """Its permanent address below the home page."""
        return _CATEGORY_SLUGS[self - 1]

    @property
    def official_title(self) -> str:
        """Its title in the announcement, word for word (misprints corrected)."""
        return _CATEGORY_TITLES[self - 1]


class GeneralTopic(models.IntegerChoices):
    """The ten topics of category 1, by their number in the announcement."""

    HISTORY = 1, _("History")
    VISION = 2, _("Vision")
    MISSION = 3, _("Mission")
    STRUCTURE = 4, _("Organisation structure")
    EXECUTIVES = 5, _("Executives")
    DUTIES = 6, _("Authority and duties")
    STRATEGY = 7, _("Strategy")
    PLANS = 8, _("Plans, projects and budget")
    LOCATION = 9, _("Location map")
    CONTACT = 10, _("Contact channels")

    @property
    def slug(self) -> str:
        """Its permanent address below category 1."""
        return self.name.lower()

    @property
    def official_title(self) -> str:
        """Its title in the announcement, word for word (misprints corrected)."""
        return _TOPIC_TITLES[self - 1]


class PlanKind(models.TextChoices):
    """What a plan, or a report on one, is about."""

    PLAN = "plan", _("Plan or project")
    RESULT = "result", _("Results of a plan")
    BUDGET = "budget", _("Budget and spending")


class LawKind(models.TextChoices):
    """What a legal text is, from the highest rank to the lowest."""

    ACT = "act", _("Act of Parliament")
    DECREE = "decree", _("Royal decree")
    MINISTERIAL = "ministerial", _("Ministerial regulation")
    REGULATION = "regulation", _("Regulation")
    RULE = "rule", _("Rule")
    ORDINANCE = "ordinance", _("Local ordinance")
    NOTIFICATION = "notification", _("Notification")
    ORDER = "order", _("Order")
    CIRCULAR = "circular", _("Circular letter")
    OTHER = "other", _("Other law")


class LawStatus(models.TextChoices):
    """Whether a legal text still applies."""

    IN_FORCE = "in-force", _("In force")
    AMENDED = "amended", _("In force as amended")
    REPEALED = "repealed", _("Repealed")
    REPLACED = "replaced", _("Replaced by another")


class KnowledgeKind(models.TextChoices):
    """What an item of the knowledge base is."""

    ARTICLE = "article", _("Article")
    STATISTICS = "statistics", _("Statistics")
    RESEARCH = "research", _("Research")
    MEDIA = "media", _("Teaching material")


class LinkKind(models.TextChoices):
    """Whose website a link leads to."""

    MINISTRY = "ministry", _("Ministries and departments")
    PROVINCE = "province", _("Offices of the province and district")
    LOCAL = "local", _("Local administrations")
    SERVICE = "service", _("Health service units")
    SYSTEM = "system", _("Information systems")
    OTHER = "other", _("Other websites")


class LinkState(models.TextChoices):
    """What the last look at a link found."""

    ALIVE = "alive", _("Answers")
    FAILING = "failing", _("Did not answer once; will be tried again")
    BROKEN = "broken", _("Broken")


class TimeUnit(models.TextChoices):
    """In what the time of a step is counted; a working day is not a day."""

    MINUTE = "minute", _("Minutes")
    HOUR = "hour", _("Hours")
    WORKING_DAY = "working-day", _("Working days")
    DAY = "day", _("Days")


class Clause(models.TextChoices):
    """Clauses of the Official Information Act B.E. 2540, sections 7 and 9."""

    S7_1 = "7(1)", _("s. 7(1) Structure and organisation")
    S7_2 = "7(2)", _("s. 7(2) Powers, duties and methods of operation")
    S7_3 = "7(3)", _("s. 7(3) Where to ask for information")
    S7_4 = "7(4)", _("s. 7(4) By-laws, rules and policies for the public")
    S7_5 = "7(5)", _("s. 7(5) Other information the Board determines")
    S9_1 = "9(1)", _("s. 9(1) Decisions that directly affect a private person")
    S9_2 = "9(2)", _("s. 9(2) Policies and interpretations outside s. 7(4)")
    S9_3 = "9(3)", _("s. 9(3) Plans, projects and budget of the current year")
    S9_4 = "9(4)", _("s. 9(4) Manuals and orders that affect private rights")
    S9_5 = "9(5)", _("s. 9(5) Printed matter referred to in s. 7")
    S9_6 = "9(6)", _("s. 9(6) Concessions, monopolies and joint ventures")
    S9_7 = "9(7)", _("s. 9(7) Resolutions of the Cabinet and of boards")
    S9_8 = "9(8)", _("s. 9(8) Other information the Board determines")

    @property
    def anchor(self) -> str:
        """``s9-8``: its place on a page that lists all clauses."""
        return "s" + self.value.replace("(", "-").rstrip(")")

    @property
    def section(self) -> str:
        """``7`` or ``9``."""
        return self.value.partition("(")[0]


class NewsKind(models.TextChoices):
    """What a piece of news is about."""

    NEWS = "news", _("News")
    JOB = "job", _("Job announcement")
    PROCUREMENT = "procurement", _("Procurement notice")
    PROCUREMENT_RESULT = "procurement-result", _("Procurement result")
    INFOGRAPHIC = "infographic", _("Infographic")


class WorkManualKind(models.TextChoices):
    """Which work an operating manual is about, as assessments ask for them."""

    MISSION = "mission", _("Work of the mission")
    SUPPORT = "support", _("Administration and support")
    COMPLAINTS = "complaints", _("Complaints about work or service")
    CORRUPTION = "corruption", _("Complaints about corruption")


class ServiceKind(models.TextChoices):
    """What a citizen comes for, as manuals for the public are sorted."""

    PERMIT = "permit", _("Permits and licences")
    REGISTRATION = "registration", _("Registration and notification")
    CERTIFICATE = "certificate", _("Certificates")
    SUPPORT = "support", _("Support and advice")
    INFORMATION = "information", _("Requests for information")
    COMPLAINT = "complaint", _("Complaints")


_CATEGORY_SLUGS = (
    "general",
    "laws",
    "knowledge",
    "links",
    "official-information",
    "work-manuals",
    "service-manuals",
    "news",
    "statistics",
)
_CATEGORY_TITLES = (
    "ข้อมูลหน่วยงาน (General information)",
    "กฎหมาย ระเบียบ ข้อบังคับ ที่เกี่ยวข้องกับหน่วยงาน (Law, Regulatory and Compliance)",
    "คลังความรู้ (Knowledge and Statistic)",
    "รายชื่อเว็บไซต์หน่วยงานที่เกี่ยวข้อง (Web link)",
    "ข้อมูลข่าวสารที่จัดไว้ให้ประชาชนตรวจดูได้ตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐",
    "คู่มือมาตรฐานการปฏิบัติงานของหน่วยงานตามภารกิจของหน่วยงาน",
    "คู่มือสำหรับประชาชน (Service Information)",
    "ข่าวประชาสัมพันธ์ (Public Relations)",
    "แสดงสถิติการเข้าใช้บริการเว็บไซต์ แสดงระดับความพึงพอใจ "
    "และมีระบบประเมินความพึงพอใจต่อเว็บไซต์ของหน่วยงาน",
)
_TOPIC_TITLES = (
    "ประวัติความเป็นมา",
    "วิสัยทัศน์",
    "พันธกิจ",
    "โครงสร้างหน่วยงาน",
    "ทำเนียบผู้บริหาร",
    "อำนาจหน้าที่",
    "ยุทธศาสตร์",
    "แผนงาน โครงการ และงบประมาณ",
    "แผนที่ตั้งของหน่วยงาน",
    "ช่องทางการติดต่อสื่อสาร",
)
