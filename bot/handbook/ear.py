"""What the machine says where a caller listens: written anew, not read from the text.

Shorter sentences, and the key last. A sentence that is not here is said as it is written.
"""

from collections.abc import Mapping

from bot.handbook import phrases
from bot.handbook.phrases import N_

# Every catalog says its own language here.
CHOOSE_LANGUAGE = N_("For English, press %(key)s.")
ANY_KEY = N_("For English, press any key.")
OPTION = N_("%(title)s: press %(key)s.")
NUMBER_TWICE = N_("%(number)s. Again: %(number)s")

# The keys that always work.
KEYS = N_(
    "At any time: for a person, press 0. For the menu, press 9. To hear it again, press star."
    " To go back, press pound. To hear it slower, press 7. To get it as a text, press 8."
)

# Silence, and what fitted nothing.
NOT_HEARD = N_("We did not hear you.")
OFFER_PERSON = N_("To talk to a person, press 0. To hear it again, press star.")
GOODBYE = N_("Call again at any time. In danger, call 9 1 1.")
ONE_NUMBER = N_("One number to remember. %(name)s: %(reach)s")

# Where the caller is.
ENTER_ZIP = N_("Enter your 5-digit ZIP code.")
ENTER_ITS_ZIP = N_("Enter the 5-digit ZIP code of that place.")
ZIP_READ_BACK = N_("You gave %(zip_code)s. If that is right, press 1. If not, press 2.")
OFFICE_KEYS = N_(
    "To hear it again, press 1. For the next office, press 2. For another ZIP code, press 3."
)
LAST_OFFICE_KEYS = N_(
    "That was the last one. To hear it again, press 1. For another ZIP code, press 3."
    " For the menu, press 9."
)

# A person.
JAIL_PHONES = N_(
    "We will connect you now. If you call from a jail, the call may be recorded:"
    " do not talk about how you came to this country."
)
SHOW_NUMBER = N_("To be connected without showing your number, press 1. To show it, press 2.")
NOBODY_THERE = N_("Nobody can come to the phone now. These may help:")
LINE_BUSY = N_("Nobody answered. These may help:")
CALL_ENDED = N_("The call has ended. For other questions, press 9.")

# Text me this.
TEXT_SENT = N_("We sent you a text.")
TEXT_NOTHING = N_("First choose a question. Then press 8 to get the answer as a text.")
TEXT_ENOUGH = N_("We cannot send more texts in this call.")
TEXT_CANNOT = N_("We cannot text the number you call from. Here is a number to remember instead.")
TEXT_FAILED = N_("Texting does not work now. Here is a number to remember instead.")

# Said behind the choices, and only where speech is recognized.
INVITATIONS = frozenset({phrases.WELCOME, phrases.MENU})

SAID: Mapping[str, str] = {
    phrases.GREETING: CHOOSE_LANGUAGE,
    phrases.OTHER_LANGUAGE: CHOOSE_LANGUAGE,
    phrases.WELCOME: N_("Or say your question in your own words."),
    phrases.MENU: N_("Or say your question."),
    phrases.NO_SUCH_CHOICE: N_("There is no choice %(key)s here."),
    phrases.DID_YOU_MEAN: N_("Did you mean one of these?"),
    phrases.OR_DID_YOU_MEAN: N_("If you meant something else, choose."),
    phrases.NOT_UNDERSTOOD: N_("We did not understand that. Say it in other words, or choose."),
    phrases.TEXT_ONLY: N_("Say your question in a few words."),
    phrases.START_AGAIN: N_("Please ask your question again, or choose."),
    phrases.READ_ON: N_("To hear more, press 1. For legal help near you, press 2."),
    phrases.NEXT_PAGE: N_("To hear more, press 1. For legal help near you, press 2."),
    phrases.LAST_PAGE: N_("For legal help near you, press 2. For other questions, press 9."),
    phrases.LAWYER_ANYTIME: N_("For a person, press 0."),
    phrases.NO_MORE: N_(
        "That is all we have on this. For legal help near you, press 2. For the menu, press 9."
    ),
    phrases.NO_SOURCE_YET: N_("First ask a question."),
    phrases.SOURCE_SEEN: N_("%(law)s, as of %(date)s."),
    phrases.SOURCE_REPORTED: N_("%(law)s, as others report it."),
    phrases.SOURCE_UNDATED: N_("%(law)s."),
    phrases.SOURCE_UNREAD: N_("%(law)s, not yet compared with its text."),
    phrases.NOTE_HOURS_HERE: N_("Monday to Friday, %(opens)s to %(closes)s your time"),
    phrases.NOTE_HOURS_THERE: N_("Monday to Friday, %(opens)s to %(closes)s %(city)s time"),
    phrases.ASK_PLACE: N_("For what we know of your county, press %(key)s."),
    phrases.ASK_WHERE_TAKEN: N_("For ICE detention near a place, press %(key)s."),
    phrases.STATE_LIMITS: N_(
        "%(state)s: state law has limited how police and jails work with ICE."
        " Laws change. Ask a local lawyer."
    ),
    phrases.STATE_MANDATES: N_(
        "%(state)s: state law has required police or jails to work with ICE."
        " Laws change. Ask a local lawyer."
    ),
    phrases.STATE_MIXED: N_(
        "%(state)s: state law has limited some work with ICE and required other."
        " Laws change. Ask a local lawyer."
    ),
    phrases.FACILITY: N_("%(name)s, %(city)s, %(state)s, %(distance)s away."),
    phrases.MILES: phrases.MILES_IN_WORDS,
    phrases.ASK_ZIP: N_(
        "For offices near you, enter your 5-digit ZIP code, or say the name of your state."
    ),
    phrases.ASK_ZIP_NEARER: N_("For the offices nearest to you, enter your 5-digit ZIP code."),
    phrases.CANADIAN_CODE: N_(
        "That is a postal code of Canada. We know only the law and the offices of the United"
        " States. If you are there, enter your 5-digit ZIP code."
    ),
    phrases.OFFICES: N_("Nonprofits near %(zip_code)s that help immigrants."),
    phrases.OFFICES_IN_STATE: N_("Nonprofits in %(state)s that help immigrants."),
    phrases.OFFICE: N_("%(name)s, %(city)s, %(distance)s away. %(phone)s"),
    phrases.OFFICE_CALL_FIRST: N_(
        "%(name)s, %(city)s, %(distance)s away. Call before you go. %(phone)s"
    ),
    phrases.OFFICE_IN_STATE: N_("%(name)s, %(city)s. %(phone)s"),
    phrases.OFFICE_IN_STATE_CALL_FIRST: N_("%(name)s, %(city)s. Call before you go. %(phone)s"),
    phrases.LEGAL_AID: N_("%(name)s, legal aid for %(state)s. %(phone)s"),
    phrases.LEGAL_AID_CALL_FIRST: N_(
        "%(name)s, legal aid for %(state)s. Call before you go. %(phone)s"
    ),
    phrases.AFTER_OFFICES: N_("Enter another ZIP code, or press 9 for the menu."),
    phrases.UNKNOWN_ZIP_CODE: N_("We do not know the ZIP code %(zip_code)s. Enter it again."),
    phrases.IN_DANGER: N_(
        "In danger now? Hang up and call 9 1 1. It sends police. You do not have to tell them"
        " your immigration status. We cannot send anyone."
    ),
    phrases.CRISIS: N_(
        "You matter. Hang up and call 9 8 8 now, day and night. In danger right now? Call 9 1 1."
    ),
    phrases.NOBODY_HERE_SPEAKS: N_(
        "We do not speak your language yet, and we are sorry. In danger now? Call 9 1 1, and ask"
        " for an interpreter."
    ),
    phrases.HELP: N_(
        "This is %(organization)s, an automatic line about your rights with ICE and police."
        " It is not legal advice."
    ),
    phrases.DELETE: N_(
        "We have forgotten what you asked here, and we keep no number of yours. The phone company"
        " and Twilio, which carries this call, may still keep that you called."
    ),
    phrases.WELCOME_BACK: N_("You are welcome. For the menu, press 9."),
    phrases.PAUSED: N_(
        "Many calls came from this phone, so we stop here for now. In danger? Call 9 1 1."
    ),
    phrases.LINE_DOWN: N_(
        "Our line does not work now, and we are sorry. Please call again later."
        " In danger? Call 9 1 1."
    ),
    phrases.SORRY: N_(
        "Something went wrong here, and we are sorry. In danger now? Hang up and call 9 1 1."
    ),
}
