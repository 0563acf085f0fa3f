"""A handful of example questions: enough to learn a recognizer from in a moment."""

import json
import sys
from pathlib import Path

from bot.handbook.topics import OUT_OF_SCOPE, TopicId
from bot.languages import Language
from bot.understanding.learning import learn
from bot.understanding.meanings import Meanings
from bot.understanding.model import LearnedRecognizer
from bot.understanding.questions import Example, Examples
from bot.understanding.shelf import kept_recognizer

DOOR, HOLD, WAGES = TopicId("ice-at-door"), TopicId("detainer-what"), TopicId("labor-abuse")
ENGLISH, SPANISH, CREOLE = Language("en"), Language("es"), Language("ht")
OFFERED = (ENGLISH, SPANISH)
MEANINGS = Meanings.read()

_QUESTIONS = {
    (DOOR, ENGLISH): (
        "ICE is at my door",
        "do I have to open the door",
        "agents are knocking at the door of my house",
        "can they come into my house without a warrant",
    ),
    (DOOR, SPANISH): (
        "la migra está en mi puerta",
        "¿tengo que abrir la puerta?",
        "hay agentes tocando la puerta de mi casa",
        "¿pueden entrar a mi casa sin una orden?",
    ),
    (HOLD, ENGLISH): (
        "what is a detainer",
        "what does an ICE hold mean",
        "the jail says there is a hold on my brother",
        "how long does a detainer keep him in jail",
    ),
    (HOLD, SPANISH): (
        "¿qué es un detainer?",
        "¿qué significa un hold de migración?",
        "la cárcel dice que mi hermano tiene un hold",
        "¿cuánto tiempo lo retienen en la cárcel por el detainer?",
    ),
    (WAGES, ENGLISH): (
        "my boss does not pay me",
        "the boss keeps my wages and threatens to call ICE",
        "they did not pay my overtime at work",
        "can I complain about stolen wages",
    ),
    (WAGES, SPANISH): (
        "mi patrón no me paga",
        "el patrón no me da mi sueldo y amenaza con la migra",
        "no me pagaron las horas extras del trabajo",
        "¿puedo quejarme de que me roban el sueldo?",
    ),
    (OUT_OF_SCOPE, ENGLISH): (
        "will it rain tomorrow",
        "a good recipe for soup",
        "who won the game last night",
        "my phone has no battery",
    ),
    (OUT_OF_SCOPE, SPANISH): (
        "¿va a llover mañana?",
        "una buena receta de sopa",
        "¿quién ganó el partido anoche?",
        "mi teléfono no tiene batería",
    ),
}

EXAMPLES = Examples(
    questions=tuple(
        Example(text, topic, language)
        for (topic, language), texts in _QUESTIONS.items()
        for text in texts
    ),
    samples=tuple(
        (text, CREOLE)
        for text in (
            "imigrasyon nan pòt mwen an",
            "èske mwen dwe louvri pòt la",
            "ki sa yo ka fè si yo antre lakay mwen",
            "patwon an pa peye mwen",
            "mwen bezwen yon avoka tanpri",
        )
    ),
)


def learned(examples: Examples = EXAMPLES) -> LearnedRecognizer:
    """Return a recognizer that learned from a few examples."""
    return learn(examples, OFFERED, Meanings.read())


def taken(folder: Path) -> LearnedRecognizer:
    """Return the same recognizer from its shelf, as a process of the service takes it."""
    return kept_recognizer(EXAMPLES, OFFERED, folder)


def tell() -> None:
    """Recognize the texts of standard input, and tell what they seem to be."""
    recognizer = taken(Path(sys.argv[1]))
    texts: list[str] = json.load(sys.stdin)
    json.dump([repr(recognizer.recognize(text)) for text in texts], sys.stdout)
