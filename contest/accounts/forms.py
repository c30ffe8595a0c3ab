"""Forms about people. Each field is checked by the rule of the domain, so that all faults show at once."""

from collections.abc import Callable
from datetime import date

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, Field, PasswordField, StringField, ValidationError
from wtforms.widgets import PasswordInput

from contest import clock
from contest.accounts import domain
from contest.accounts.domain import ConsentGiver, Registration
from contest.accounts.labels import CONSENT_TITLES
from contest.errors import DomainError
from contest.i18n import local
from contest.web.forms import BaseForm
from contest.web.words import sentence

Check = Callable[[BaseForm, Field], None]


def today() -> date:
    """The day by which ages count."""
    return local(clock.now()).date()


def keeps(rule: Callable[[str], object]) -> Check:
    """A validator that shows the sentence of whatever `rule` finds wrong."""

    def check(_form: BaseForm, field: Field) -> None:
        try:
            rule(field.data or "")
        except DomainError as error:
            raise ValidationError(sentence(error)) from error

    return check


def given(code: str) -> Check:
    """A validator that shows the sentence of `code` when nothing was written or ticked."""

    def check(_form: BaseForm, field: Field) -> None:
        if not field.data:
            raise ValidationError(sentence(DomainError(code)))

    return check


def written(field: StringField) -> str:
    """What stands in the field."""
    return field.data or ""


def _new_password(label: LazyString) -> PasswordField:
    return PasswordField(label, widget=PasswordInput(hide_value=False))


class SignInForm(BaseForm):
    """Login and password."""

    login = StringField(lazy_gettext("Phone number, e-mail or issued code"), [given("login_missing")])
    password = PasswordField(lazy_gettext("Password"), [given("password_missing")])


class RegisterForm(BaseForm):
    """A new account. The guardian's part counts below 16 only."""

    full_name = StringField(lazy_gettext("Full name"), [keeps(domain.read_full_name)])
    birth_date = StringField(lazy_gettext("Date of birth"), [keeps(lambda text: domain.read_birth_date(text, today()))])
    login = StringField(lazy_gettext("Phone number or e-mail"), [keeps(domain.read_contact)])
    password = _new_password(lazy_gettext("Password"))
    guardian_name = StringField(lazy_gettext("Full name of parent or guardian"))
    guardian_agrees = BooleanField(lazy_gettext("Consent of parent or guardian"))
    take_part = BooleanField(CONSENT_TITLES[domain.ConsentPurpose.TAKE_PART], [given("take_part_missing")])
    publish_name = BooleanField(CONSENT_TITLES[domain.ConsentPurpose.PUBLISH_NAME])

    def validate_password(self, field: Field) -> None:
        """The password against everything else that was written."""
        keeps(lambda text: domain.check_password(text, *self._known(), birth_date=self._birth_date()))(self, field)

    def validate_guardian_name(self, field: Field) -> None:
        """Below 16 the guardian has a name, and not the child's."""
        if self.is_child:
            given("guardian_missing")(self, field)
            keeps(domain.read_full_name)(self, field)

    def validate_guardian_agrees(self, field: Field) -> None:
        """Below 16 the guardian agrees."""
        if self.is_child:
            given("guardian_consent_missing")(self, field)

    @property
    def is_child(self) -> bool:
        """Whether a guardian has to agree for the person of this birth date."""
        birth_date = self._birth_date()
        return birth_date is not None and ConsentGiver.GUARDIAN in domain.consents_needed(birth_date, today())

    def registration(self) -> Registration:
        """What was written, once it is in order."""
        return Registration(
            login=domain.read_contact(written(self.login)),
            full_name=domain.read_full_name(written(self.full_name)),
            birth_date=domain.read_birth_date(written(self.birth_date), today()),
            publishes_name=self.publish_name.data,
            guardian_name=domain.read_full_name(written(self.guardian_name)) if self.is_child else "",
        )

    def _known(self) -> tuple[str, str, str]:
        login = written(self.login)
        return written(self.full_name), login, domain.login_key(login)

    def _birth_date(self) -> date | None:
        try:
            return domain.read_birth_date(written(self.birth_date), today())
        except DomainError:
            return None


class ForgottenForm(BaseForm):
    """Whose password is forgotten."""

    login = StringField(lazy_gettext("E-mail address"), [keeps(domain.read_contact)])


class ResetForm(BaseForm):
    """A one-time code and the new password."""

    login = StringField(lazy_gettext("Phone number, e-mail or issued code"), [given("login_missing")])
    code = StringField(lazy_gettext("One-time code"), [given("code_missing")])
    password = _new_password(lazy_gettext("New password"))

    def validate_password(self, field: Field) -> None:
        """What can be checked without knowing whose account it is."""
        login = written(self.login)
        keeps(lambda text: domain.check_password(text, login, domain.login_key(login)))(self, field)


class NewPasswordForm(BaseForm):
    """A new password of one's own; the present one where it wasn't given out by somebody else."""

    current = PasswordField(lazy_gettext("Present password"), [given("password_missing")])
    password = _new_password(lazy_gettext("New password"))
    take_part = BooleanField(CONSENT_TITLES[domain.ConsentPurpose.TAKE_PART], [given("take_part_missing")])


class ConsentForm(BaseForm):
    """Giving one consent later."""

    guardian_name = StringField(lazy_gettext("Full name of parent or guardian"))
