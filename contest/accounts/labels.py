"""Words about people and signing in."""

from flask_babel import force_locale, gettext, lazy_gettext

from contest.accounts.domain import ConsentGiver, ConsentPurpose, LoginKind

ACTS = {
    "person.added": lazy_gettext("Made an account for a person"),
    "samples.removed": lazy_gettext("Removed the sample contests"),
    "person.disabled": lazy_gettext("Closed a person's account"),
}

ERRORS = {
    "login_missing": lazy_gettext("Write your phone number or e-mail address."),
    "login_phone_invalid": lazy_gettext(
        "This is not a Vietnamese mobile number. It has 10 digits, for example 0912 345 678."
    ),
    "login_email_invalid": lazy_gettext("This e-mail address is not complete. Example: ten@example.vn."),
    "login_code_invalid": lazy_gettext("This is neither a phone number, nor an e-mail address, nor an issued code."),
    "login_contact_invalid": lazy_gettext(
        "Write a mobile number of 10 digits, for example 0912 345 678, or an e-mail address."
    ),
    "login_taken": lazy_gettext("Somebody has an account with this phone number, address or code already."),
    "full_name_missing": lazy_gettext("Write your full name."),
    "full_name_long": lazy_gettext("The name is longer than %(maximum)s characters."),
    "full_name_invalid": lazy_gettext("A name has letters and spaces only. Write it as on your identity papers."),
    "birth_date_missing": lazy_gettext("Write your date of birth as day/month/year, for example 28/02/1998."),
    "birth_date_form": lazy_gettext("Write the date as day/month/year, for example 28/02/1998."),
    "birth_date_month": lazy_gettext(
        "There is no month %(month)s. Write the date as day/month/year, for example 28/02/1998."
    ),
    "birth_date_day": lazy_gettext(
        "Month %(month)s has no day %(day)s. Write the date as day/month/year, for example 28/02/1998."
    ),
    "birth_date_early": lazy_gettext("The year of birth can't be before %(year)s."),
    "birth_date_future": lazy_gettext("The date of birth lies in the future. Check the year."),
    "password_short": lazy_gettext("The password needs at least %(minimum)s characters. A short sentence is fine."),
    "password_long": lazy_gettext("The password has more than %(maximum)s characters."),
    "password_common": lazy_gettext("Many people use this password, so it is guessed first. Choose another one."),
    "password_own": lazy_gettext(
        "Others know your name, your date of birth and your login. Choose something else as your password."
    ),
    "password_same": lazy_gettext("This is the password that you have now. Choose another one."),
    "password_wrong": lazy_gettext("This is not your present password."),
    "sign_in_wrong": lazy_gettext(
        "The login or the password is not right. Check every character, or get a new password."
    ),
    "password_missing": lazy_gettext("Write your password."),
    "guardian_missing": lazy_gettext("Below 16 years a parent or guardian has to agree. Write their full name."),
    "guardian_consent_missing": lazy_gettext("Below 16 years the account needs the consent of a parent or guardian."),
    "take_part_missing": lazy_gettext("An account can be made only with this consent."),
    "code_missing": lazy_gettext("Write the code that you were given."),
    "code_wrong": lazy_gettext(
        "The login or the code is not right, or the code is no longer valid. Check every character, "
        "or ask for a new code."
    ),
    "check_note_missing": lazy_gettext("Write how you made sure who the person is."),
    "too_many_tries": lazy_gettext("There were too many tries. Wait %(minutes)s minutes, then try again."),
    "busy": lazy_gettext("Very many people are signing in at this moment. Try again in a few seconds."),
}

CONSENTS = {
    ConsentPurpose.TAKE_PART: lazy_gettext(
        "I agree that the organizing committee uses my name, date of birth and contact for the contests that I enter."
    ),
    ConsentPurpose.PUBLISH_NAME: lazy_gettext("I agree that my full name is published if I win a prize."),
    ConsentPurpose.PUBLISH_IMAGE: lazy_gettext("I agree that my picture and voice are published with my entry."),
}

GUARDIANS_CONSENT = lazy_gettext("I am the parent or guardian and agree to everything that is ticked below.")

CONSENT_TITLES = {
    ConsentPurpose.TAKE_PART: lazy_gettext("Taking part in contests"),
    ConsentPurpose.PUBLISH_NAME: lazy_gettext("Publishing my full name if I win"),
    ConsentPurpose.PUBLISH_IMAGE: lazy_gettext("Publishing my picture and voice"),
}

WITHDRAWALS = {
    ConsentPurpose.TAKE_PART: lazy_gettext(
        "You can no longer enter contests with this account. What you have handed in already stays with its contest."
    ),
    ConsentPurpose.PUBLISH_NAME: lazy_gettext(
        "Lists that are published from now on show your name shortened. Decisions already published stay as they are."
    ),
    ConsentPurpose.PUBLISH_IMAGE: lazy_gettext("Your picture and voice are no longer shown to the public."),
}

GIVERS = {
    ConsentGiver.SELF: lazy_gettext("Agreed by yourself"),
    ConsentGiver.GUARDIAN: lazy_gettext("Agreed by parent or guardian"),
    ConsentGiver.CHILD: lazy_gettext("Agreed by yourself, besides the guardian"),
}

LOGIN_KINDS = {
    LoginKind.PHONE: lazy_gettext("Phone number"),
    LoginKind.EMAIL: lazy_gettext("E-mail address"),
    LoginKind.CODE: lazy_gettext("Issued code"),
}


def reset_letter(locale: str, code: str) -> tuple[str, str]:
    """Subject and body of the letter with a code."""
    with force_locale(locale):
        body = gettext(
            "Somebody asked for a new password for your account.\n\n"
            "Your code: %(code)s\n\n"
            "Type it on the page “Set a new password” of the contest site within 72 hours. It works once.\n"
            "If this was not you, do nothing: your password stays as it is.",
            code=code,
        )
        return gettext("Code for a new password"), body


def already_registered_letter(locale: str) -> tuple[str, str]:
    """Subject and body of the letter to somebody whose address was used for another registration."""
    with force_locale(locale):
        body = gettext(
            "Somebody tried to register with this e-mail address. You have an account already; it is as it was.\n\n"
            "If this was you, sign in with your password, or choose “Forgotten password” on the sign-in page.\n"
            "If this was not you, there is nothing to do."
        )
        return gettext("You have an account already"), body
