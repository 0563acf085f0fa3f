"""How much of the promise each table of a release may spend.

The promise is ε for a person-day: all that one number asks in one day. Removing it changes the
likelihood of any release by at most a factor of exp(ε). With ε = 2:

| table                       | a person-day adds at most | ε    | scale of the noise |
| --------------------------- | ------------------------- | ---- | ------------------ |
| topic                       | 2, one a question         | 0.5  | 2 / 0.5 = 4        |
| topic-language + unanswered | 2: a question is in one   | 0.5  | 4                  |
| topic-region                | 2                         | 0.5  | 4                  |
| state                       | 1: the first question's   | 0.2  | 1 / 0.2 = 5        |
| language                    | 1                         | 0.1  | 10                 |
| channel-outcome, total      | 2                         | 0.2  | 10                 |
|                             |                           | 2.0  |                    |

Noise of scale s on each whole number of a table, of which one person-day moves the sum of all cells
by L, spends L / s; tables of the same people add up. The total is added up from the noised cells of
`channel-outcome`, which costs nothing more.
"""

from fractions import Fraction

from bot.trends.grid import QUESTIONS_OF_A_PERSON_DAY, Table

# Parts of ε. `topic-language` and `unanswered` share theirs: a question stands in one of them.
_SHARES = {
    Table.TOPIC: Fraction(1, 4),
    Table.TOPIC_LANGUAGE: Fraction(1, 4),
    Table.UNANSWERED: Fraction(1, 4),
    Table.TOPIC_REGION: Fraction(1, 4),
    Table.STATE: Fraction(1, 10),
    Table.LANGUAGE: Fraction(1, 20),
    Table.CHANNEL_OUTCOME: Fraction(1, 10),
}
_FIRST_QUESTION_ONLY = frozenset({Table.STATE, Table.LANGUAGE})


def scale_of(table: Table, epsilon: Fraction) -> Fraction:
    """Return the scale of the noise in a table of a release that promises ε."""
    questions = 1 if table in _FIRST_QUESTION_ONLY else QUESTIONS_OF_A_PERSON_DAY
    return questions / (_SHARES[table] * epsilon)
