"""The forms of the Arabic verbs of the field, made from stems, as `plain_arabic` gives them."""

from __future__ import annotations

from typing import NamedTuple

from geoline.reading.shared.item import VerbForm
from geoline.reading.shared.tokens import plain_arabic

__all__ = ["ARABIC_FORMS", "ARABIC_TRIGGERS", "CONTROL_NOUNS", "EITHER", "ArabicForm"]


class ArabicForm(NamedTuple):
    """A form of a verb, and the pronoun written together with it ("ها" in "استعادتها")."""

    verb: VerbForm
    pronoun: str


def _forms_of(text: str) -> frozenset[str]:
    return frozenset(map(plain_arabic, text.split()))


# Event, slot; then past (he), present without its prefix, noun; "-" where a form is not used.
#
# The slot says where the place stands: "on" (behind "على"), "object", "subject" (of what fell),
# "hand" (in whose hands it came), "back" (brought back to whose control), "laid" (a hand laid on
# it), "out" (behind "من", from which somebody is driven) or "near" (others, less exactly).
_VERBS = """
captured on سيطر سيطر سيطرة
captured on استولى ستولي استيلاء
captured on استحوذ ستحوذ استحواذ
captured on هيمن - -
captured object حرر حرر تحرير
captured object احتل حتل احتلال
captured object انتزع نتزع انتزاع
captured object افتك فتك -
captured object قضم قضم قضم
captured object ابتلع بتلع ابتلاع
captured object التهم لتهم -
captured object أمن - تأمين
captured object أخذ - -
captured object خطف - -
captured object اقتنص قتنص اقتناص
captured object استخلص ستخلص استخلاص
captured object نزع نزع -
captured object اكتسح كتسح اكتساح
captured object استلم ستلم -
captured object اجتاح جتاح اجتياح
captured object طهر طهر تطهير
captured object نظف - تنظيف
captured object تسلم - -
captured object أخضع خضع إخضاع
captured object كسب كسب -
captured object غنم - -
captured laid وضع ضع وضع
recaptured object استعاد ستعيد استعادة
recaptured object استرد سترد استرداد
recaptured object استرجع سترجع استرجاع
recaptured back أعاد عيد إعادة
recaptured back أرجع رجع إرجاع
captured back ضم - ضم
captured out طرد طرد طرد
captured out دحر دحر دحر
captured out أخرج خرج إخراج
captured out أجبر جبر إجبار
captured out أرغم رغم إرغام
captured out كنس - -
captured out أزاح زيح إزاحة
captured out أجلى - -
captured out اقتلع قتلع اقتلاع
captured out أبعد بعد إبعاد
captured out أقصى - إقصاء
captured flag رفع رفع رفع
gone subject خرج - خروج
gone subject أفلت - -
lost object خسر خسر خسارة
lost object فقد فقد فقدان
lost object أضاع - -
fell subject سقط سقط سقوط
fell subject تهاوى - -
fell hand انتقل نتقل انتقال
fell hand صار صير -
fell hand بات - -
fell hand أصبح صبح -
fell hand أضحى - -
fell hand غدا - -
fell hand أمسى - -
fell hand وقع - وقوع
fell hand عاد - عودة
fell hand خضع - خضوع
entered near دخل دخل دخول
entered near اقتحم قتحم اقتحام
entered near توغل توغل توغل
withdrew near انسحب نسحب انسحاب
withdrew near تراجع تراجع تراجع
withdrew near أخلى خلي إخلاء
besieged near حاصر حاصر حصار
besieged near طوق طوق تطويق
advanced near تقدم تقدم تقدم
strike near قصف قصف قصف
strike near استهدف ستهدف استهداف
"""
# "Taking control", "recovering", said of who does it on the way: told like the past.
_ON_THE_WAY = (
    ("captured", "on", "مسيطرا مسيطرة مسيطرين مستوليا مستولية"),
    ("recaptured", "object", "مستعيدا مستعيدة مسترجعا مسترجعة مستردا مستردة"),
    ("captured", "object", "منتزعا منتزعة منتزعين"),
    ("fell", "subject", "تحررت"),
)
# Nouns for control: with "over" they tell that it was taken, or held.
CONTROL_NOUNS = _forms_of("سيطرة السيطرة نفوذ النفوذ سلطة قبضة")
_OWN_CONTROL = "نفوذ سلطة قبضة"
_PRONOUNS = ("ها", "ه", "هم", "هما")
# Forms with no pronoun: their place stands behind "over", or is what fell.
_ALONE = {(slot, tense) for slot in ("on", "subject", "hand") for tense in ("past", "present")} | {
    ("hand", "noun")
}
# Written like words of every day.
_NOT_FORMS = _forms_of(
    """
    يضع تضع يعيد تعيد يضم ضم قضمة ضمه ضمها وضع تخلي اخذه اخذها بعدها بعده يبعد تبعد بعدهم خطفه
    نزعه ابعد خروجهم يرجع ترجع
    """
)


def _past(stem: str) -> list[tuple[str, str]]:
    """Give he, she, they, both of the past, alone and with a pronoun."""
    weak = stem.endswith(("ي", "ا")) and not stem.endswith("عاد")
    short = stem[:-1] if weak else stem
    plain = [stem, short + "ت", short + "وا", stem + "ا", short + "تا"]
    forms = [(form, "") for form in plain]
    joined = [short + "ا" if weak else stem, short + "ت", short + "و"]
    return forms + [(form + end, end) for form in joined for end in _PRONOUNS]


def _present(stem: str) -> list[tuple[str, str]]:
    whole = [person + stem + end for person in "يت" for end in ("", "وا", "ون", "ان")]
    joined = [(person + stem + end, end) for person in "يت" for end in _PRONOUNS]
    return [(form, "") for form in whole] + joined


def _noun(stem: str) -> list[tuple[str, str]]:
    joined = stem[:-1] + "ت" if stem.endswith("ه") else stem
    joined = joined[:-1] + "ي" if joined.endswith("ء") else joined
    forms = [joined + end for end in _PRONOUNS]
    hamza = [stem[:-1] + hand for hand in ("ا", "و", "ي")] if stem.endswith("ء") else []
    kept = [(stem[:-1] + letter + end, end) for letter in "ءوي" for end in _PRONOUNS if hamza]
    return [(stem, ""), ("ال" + stem, ""), *zip(forms, _PRONOUNS, strict=True), *kept]


def _forms() -> dict[str, ArabicForm]:
    found: dict[str, ArabicForm] = {}
    for line in _VERBS.strip().splitlines():
        event, slot, past, present, noun = line.split()
        # A noun is written like the past with "it" ("استعادة", "استعاده"), and is the likelier.
        made = (("noun", _noun, noun), ("past", _past, past), ("present", _present, present))
        for tense, forms, stem in made:
            for form, pronoun in forms(plain_arabic(stem)) if stem != "-" else []:
                as_past = tense == "noun" and form == plain_arabic(past)
                alone = bool(pronoun) and (slot, tense) in _ALONE
                if not (as_past or alone or form in _NOT_FORMS):
                    found.setdefault(form, ArabicForm(VerbForm(event, slot, tense), pronoun))
    for event, slot, words in _ON_THE_WAY:
        for word in map(plain_arabic, words.split()):
            found[word] = ArabicForm(VerbForm(event, slot, "past"), "")
    control = VerbForm("captured", "on", "noun")
    owned = [made for stem in _OWN_CONTROL.split() for made in _noun(plain_arabic(stem))]
    return {form: ArabicForm(control, pronoun) for form, pronoun in owned if pronoun} | found


# Every form, without what may be written in front of it.
ARABIC_FORMS = _forms()
# Nouns with a pronoun that are written like the past with one: "استعادتها".
EITHER = frozenset(
    form
    for form, (verb, pronoun) in ARABIC_FORMS.items()
    if pronoun and verb.form == "noun" and (form, pronoun) in {
        made for line in _VERBS.split("\n") if line for made in _past(plain_arabic(line.split()[2]))
    }
)  # fmt: skip
# As they stand in a text, with "and" and the like before them.
ARABIC_TRIGGERS = (
    frozenset(
        conjunction + prefix + form
        for form in ARABIC_FORMS
        for conjunction in ("", "و", "ف")
        for prefix in ("", "ب", "ل", "س")
    )
    | frozenset("لل" + form[2:] for form in ARABIC_FORMS if form.startswith("ال"))
    | _forms_of("بيد بأيدي قبضتها سيطرتها سيطرته اشتباكات تحت")
)
