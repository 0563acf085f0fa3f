"""What the machine says beside the reviewed texts.

The English sentences are the message ids of `locales/`. A whole sentence is one phrase, with named
values. Command words are written in capitals, in each language the first of its list in
`content/languages.toml`, without accents, as people type them.
"""


class Counted(str):
    """A sentence that counts, as English says it for one; `several` is for any other number.

    Other languages have as many forms as they need: gettext's plural forms. It has one value,
    which is the number.
    """

    __slots__ = ("several",)

    several: str


def N_(message: str) -> str:  # noqa: N802 - the name by which gettext's tools find a message id
    """Mark a sentence for translation."""
    return message


def NN_(one: str, several: str) -> Counted:  # noqa: N802 - as above
    """Mark a sentence that counts for translation."""
    counted = Counted(one)
    counted.several = several
    return counted


# The first contact, and the menu.
GREETING = N_(
    "%(key)s %(name)s: your rights with ICE and police. Write your question, or reply %(key)s."
)
OTHER_LANGUAGE = N_("%(key)s %(name)s")
WELCOME = N_(
    "Write your question about ICE, police or your rights, in your own words."
    " Or reply with a number:"
)
MENU = N_("Reply with a number, or write your question:")
NO_SUCH_CHOICE = N_("There is no choice %(key)s here. Reply with a number, or write your question:")

# A question.
DID_YOU_MEAN = N_("Did you mean one of these? Reply with a number:")
OR_DID_YOU_MEAN = N_("If you meant something else, reply with a number:")
NONE_OF_THESE = N_("None of these")
NOT_UNDERSTOOD = N_("We did not understand that. Say it in other words, or reply with a number:")
STILL_NOT_UNDERSTOOD = N_(
    "We still do not understand, and we are sorry. A person may understand you better."
)
OUT_OF_SCOPE = N_(
    "We cannot answer that here. We know about ICE, police, jail,"
    " and rights of crime victims and workers."
    " For other questions, ask a lawyer or an accredited nonprofit."
)
PICTURE_UNSEEN = N_("We cannot see pictures or hear voice messages, only read words.")
TEXT_ONLY = N_(
    "We cannot see pictures or hear voice messages. Please write your question in a few words."
)
START_AGAIN = N_(
    "We do not keep what you asked before."
    " Please write your question again, or reply with a number:"
)

# What may follow an answer.
READ_ON = N_(
    "%(title)s. Reply MORE to read on, LAWYER for legal help near you,"
    " MENU if this is not your question."
)
NEXT_PAGE = N_("Reply MORE to read on, LAWYER for legal help near you, MENU for other questions.")
LAST_PAGE = N_("Reply LAWYER for legal help near you, MENU for other questions.")
LAWYER_ANYTIME = N_("For legal help from a person, reply LAWYER.")
NO_MORE = N_(
    "That is all we have on this. Reply LAWYER for legal help near you, MENU for other questions."
)
WHO_CAN_HELP = N_(
    "Who can help. Not the government, unless we say so; then say no more than needed:"
)
HOTLINE = N_("%(name)s: %(reach)s")
HOTLINE_NOTED = N_("%(name)s, %(notes)s: %(reach)s")
BOTH_NOTES = N_("%(one)s, %(other)s")
NOTE_GOVERNMENT = N_("run by the government")
NOTE_UNCONFIRMED = N_("we could not confirm this number")
NOTE_ALWAYS = N_("day and night")
NOTE_HOURS_HERE = N_("Mon-Fri %(opens)s-%(closes)s your time")
NOTE_HOURS_THERE = N_("Mon-Fri %(opens)s-%(closes)s %(city)s time")
NOTE_YOUR_LANGUAGE = N_("in your language")
NOTE_INTERPRETER = N_("with an interpreter")
NOTE_ENGLISH_ONLY = N_("in English")
NUMBERS_CHANGE = N_("Numbers and hours can change.")

# How far a text can be trusted.
UNSIGNED = N_("No lawyer has signed this text yet.")
SIGNED = N_("Signed by %(reviewer)s on %(date)s.")
LAST_CHECKED = N_("This text was last checked on %(date)s. Ask a lawyer if it still holds.")
NOT_TRANSLATED = N_("We do not have this text in your language yet. Here it is in English:")
OUTDATED = N_("Our translation of this text is out of date. Here it is in English:")
WHO_EXPLAINS = N_("Someone who may explain it to you:")
NOT_SIGNED_YET = N_("A lawyer must sign our text on this before we may send it.")
SOURCES = N_("What the answer stands on:")
SOURCE_SEEN = N_("%(law)s, as of %(date)s %(url)s")
SOURCE_REPORTED = N_("%(law)s, as others report it %(url)s")
SOURCE_UNDATED = N_("%(law)s %(url)s")
SOURCE_UNREAD = N_("%(law)s, not yet compared with its text %(url)s")
SOURCE_CHANGES = N_("This changes often. Ask a lawyer before you rely on it.")
NO_SOURCE_YET = N_("First ask a question. Then reply SOURCE to see what the answer stands on.")

# Languages.
NOT_YOUR_LANGUAGE = N_("We do not speak your language yet, and we are sorry. In English:")
NOBODY_HERE_SPEAKS = N_(
    "We do not speak your language yet, and we are sorry. In danger now? Call 911;"
    " ask for an interpreter. For legal help, reply LAWYER."
)

# Where the caller is.
ASK_PLACE = N_("For what we know of your county, send your 5-digit ZIP code.")
ASK_WHERE_TAKEN = N_("For ICE detention near a place, send its 5-digit ZIP code.")
STATE_LIMITS = N_(
    "%(state)s: state law has limited how police and jails work with ICE (%(law)s, %(year)s)."
    " Laws change. Ask a local lawyer."
)
STATE_MANDATES = N_(
    "%(state)s: state law has required police or jails to work with ICE (%(law)s, %(year)s)."
    " Laws change. Ask a local lawyer."
)
STATE_MIXED = N_(
    "%(state)s: state law has limited some work with ICE and required other (%(law)s, %(year)s)."
    " Laws change. Ask a local lawyer."
)
STATE_SILENT = N_(
    "%(state)s: we know of no state law on work with ICE. Each sheriff or police chief decides."
    " Ask a local lawyer."
)
STATE_UNSURE = N_("%(state)s: we are not sure of the law there. Ask a local lawyer.")
AGREEMENTS = N_("ICE's list of %(date)s names these 287(g) agreements for where you are:")
AGREEMENT_IN_JAIL = N_("%(agency)s: officers question people in jail for ICE")
AGREEMENT_ON_WARRANTS = N_("%(agency)s: officers serve ICE's papers in jail")
AGREEMENT_IN_THE_STREET = N_("%(agency)s: officers may ask about immigration in police work")
AGREEMENTS_MORE = N_("and %(count)s more.")
NO_AGREEMENT = N_(
    "ICE's list of %(date)s had no 287(g) agreement in %(county)s. Police may still tell ICE."
)
POLICY_CREDIT = N_("ICE's list as published by MigrantUSA.")
FACILITIES = N_("ICE detention nearest to %(zip_code)s. But ICE may hold a person far away:")
FACILITIES_IN_STATE = N_(
    "Some places of ICE detention in %(state)s. But ICE may hold a person far away:"
)
FACILITY_IN_STATE = N_("%(name)s, %(city)s")
MILITARY_ZIP = N_("%(zip_code)s is a military address abroad.")
ABROAD_ZIP = N_("%(zip_code)s is in %(state)s, outside the United States.")
CANADIAN_CODE = N_(
    "That is a postal code of Canada. We know only the law and the offices of the United States."
    " If you are there, send your 5-digit ZIP code."
)
FACILITY = N_("%(name)s, %(city)s, %(state)s, %(distance)s")

# How far it is: short, and in a whole word.
MILES = NN_("%(miles)s mi", "%(miles)s mi")
MILES_IN_WORDS = NN_("%(miles)s mile", "%(miles)s miles")

# Help from people.
ASK_ZIP = N_("For offices near you, send your 5-digit ZIP code, or the name of your state.")
ASK_ZIP_NEARER = N_("For the offices nearest to you, send your 5-digit ZIP code.")
OFFICES = N_("Nonprofits near %(zip_code)s that help immigrants:")
OFFICES_IN_STATE = N_("Nonprofits in %(state)s that help immigrants:")
OFFICE = N_("%(name)s, %(city)s, %(distance)s: %(phone)s")
OFFICE_CALL_FIRST = N_("%(name)s, %(city)s, %(distance)s, call first: %(phone)s")
OFFICE_IN_STATE = N_("%(name)s, %(city)s: %(phone)s")
OFFICE_IN_STATE_CALL_FIRST = N_("%(name)s, %(city)s, call first: %(phone)s")
LEGAL_AID = N_("%(name)s, legal aid for %(state)s: %(phone)s")
LEGAL_AID_CALL_FIRST = N_("%(name)s, legal aid for %(state)s, call first: %(phone)s")
LEGAL_AID_LIMITS = N_(
    "Legal aid often cannot help people without papers,"
    " except victims of violence, trafficking or crime. Ask."
)
AFTER_OFFICES = N_("Send another ZIP code at any time, or reply MENU for other questions.")
NO_OFFICE = N_("We know of no office within %(distance)s of %(zip_code)s. These help by phone:")
NO_OFFICE_THERE = N_("We know of no office there. These may help by phone:")
UNKNOWN_ZIP_CODE = N_(
    "We do not know the ZIP code %(zip_code)s. Please check it and send it again."
)
CRISIS = N_(
    "You matter. Call or text 988 now, day and night. In danger right now?"
    " Call 911. For a person to talk to about ICE or police, reply 0."
)
IN_DANGER = N_(
    "In danger now? Call 911. It sends police. You do not have to tell 911 your immigration status."
    " We cannot send anyone. If it is ICE or a police stop, write what is happening."
)
WELCOME_BACK = N_("You are welcome. Take care. Write at any time; reply MENU for topics.")
LINE_DOWN = N_(
    "Our line does not work now, and we are sorry. Please try again later. In danger? Call 911."
)
SORRY = N_(
    "Something went wrong here, and we are sorry. Please send your message again."
    " In danger now? Call 911."
)
PAUSED = N_(
    "Many messages came from this phone, so we pause for now."
    " In danger? Write what is happening, or call 911."
)
HELP = N_(
    "%(organization)s: information about your rights with ICE and police,"
    " by an automatic line. Not legal advice. Reply MENU for topics, LAWYER for legal help,"
    " STOP to end. Message and data rates may apply."
)
DELETE = N_(
    "We have forgotten what you asked here. We keep no number and no text of yours."
    " On your phone, delete this conversation."
    " The phone company and Twilio, which carries our texts, may still have a copy."
)
