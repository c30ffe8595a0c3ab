"""Forms of the question desk."""

from contest.questions.forms.desk import (
    TOP,
    BankForm,
    BulkForm,
    CopyForm,
    ImportForm,
    LimitsForm,
    MediumForm,
    MergeForm,
    RetireForm,
    ReviewForm,
    TakeForm,
    TopicForm,
)
from contest.questions.forms.question import QuestionForm, form_of

__all__ = [
    "TOP",
    "BankForm",
    "BulkForm",
    "CopyForm",
    "ImportForm",
    "LimitsForm",
    "MediumForm",
    "MergeForm",
    "QuestionForm",
    "RetireForm",
    "ReviewForm",
    "TakeForm",
    "TopicForm",
    "form_of",
]
