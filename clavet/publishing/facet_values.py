"""The closed lists by which records are sorted and found. Their values stand in files and addresses: don't rename."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Phase(TextChoices):
    """The policy cycle of the brief, always in this order."""

    FORMULATION = "formulation", _("Formulation")
    IMPLEMENTATION = "implementation", _("Implementation")
    MONITORING = "monitoring", _("Monitoring")


class Sector(TextChoices):
    """The part of education and training (after ISCED 2011 and Cedefop's distinction of initial and continuing VET)."""

    EARLY_CHILDHOOD = "early_childhood", _("Early childhood education and care")
    PRIMARY = "primary", _("Primary education")
    SECONDARY = "secondary", _("General secondary education")
    INITIAL_VET = "initial_vet", _("Initial VET")
    CONTINUING_VET = "continuing_vet", _("Continuing VET")
    HIGHER_EDUCATION = "higher_education", _("Higher education")
    ADULT_LEARNING = "adult_learning", _("Adult learning")
    NON_FORMAL = "non_formal", _("Non-formal learning")


class TargetGroup(TextChoices):
    """Whom a measure is for."""

    CHILDREN = "children", _("Young children")
    PUPILS = "pupils", _("Pupils")
    YOUNG_PEOPLE = "young_people", _("Young people")
    APPRENTICES = "apprentices", _("Apprentices")
    LOW_QUALIFIED_ADULTS = "low_qualified_adults", _("Adults with low qualifications")
    JOBSEEKERS = "jobseekers", _("Jobseekers")
    MIGRANTS = "migrants", _("Migrants and refugees")
    PEOPLE_WITH_DISABILITIES = "people_with_disabilities", _("People with disabilities")
    TEACHERS_TRAINERS = "teachers_trainers", _("Teachers and trainers")
    PARENTS = "parents", _("Parents and families")
    EMPLOYERS = "employers", _("Employers")
    POLICY_MAKERS = "policy_makers", _("Policy makers")


class GovernanceLevel(TextChoices):
    """At which level of government a measure is decided."""

    MUNICIPAL = "municipal", _("Municipal")
    INTER_MUNICIPAL = "inter_municipal", _("Inter-municipal")
    PROVINCIAL = "provincial", _("Provincial or county")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    CROSS_BORDER = "cross_border", _("Cross-border")


class Licence(TextChoices):
    """Open licences; the names are names and are not translated."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"

    @property
    def url(self) -> str:
        """Where the licence is to be read."""
        return {
            "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
            "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
            "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
        }[self.value]


class SourceType(TextChoices):
    """What kind of source a text rests on."""

    LAW = "law", _("Law")
    REPORT = "report", _("Report")
    EVALUATION = "evaluation", _("Evaluation")
    STATISTICS = "statistics", _("Statistics")
    ARTICLE = "article", _("Article")
    BOOK = "book", _("Book")
    WEB_PAGE = "web_page", _("Web page")
