"""The Arabic words of reports on fighting, written as `plain_arabic` gives them."""

from __future__ import annotations

import re

__all__ = [
    "AFTER",
    "AIMS",
    "ARABIC_DAYS",
    "ARABIC_MONTHS",
    "ARABIC_TRIGGERS",
    "ARABIC_TYPES",
    "ARABIC_VERBS",
    "CONDITIONS",
    "EVENT_NAMES",
    "MANAGED",
    "NEGATED",
    "OVER",
    "PARTS",
    "SAYING",
    "STOPS",
    "plain_arabic",
]

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "ه" + "وي")


def plain_arabic(word: str) -> str:
    """Give a word without vowel signs, its letters in the form they are compared in.

    Examples
    --------
    >>> plain_arabic("السيطرةُ"), plain_arabic("إدلب") == plain_arabic("ادلب")
    ('السيطره', True)
    """
    return _MARKS.sub("", word).translate(_LETTERS)


def _words(text: str) -> frozenset[str]:
    return frozenset(plain_arabic(word) for word in text.split())


# Event: past and present forms of the verb; "على" stands before the place after some of them.
ARABIC_VERBS = {
    form: event
    for event, forms in {
        "captured": "سيطر سيطرت سيطروا تسيطر يسيطر استولى استولت "
        "استولوا تستولي حرر حررت حرروا تحرر "
        "احتل احتلت احتلوا تحتل انتزع انتزعت انتزعوا تنتزع بسط "
        "بسطت تبسط فرض فرضت تفرض احكم احكمت تحكم "
        "طهر طهرت تطهر امن امنت غنم",
        "recaptured": "استعاد استعادت استعادوا تستعيد يستعيد "
        "استرد استردت استردوا تسترد استرجع استرجعت",
        "entered": "دخل دخلت دخلوا تدخل اقتحم اقتحمت اقتحموا تقتحم توغل توغلت",
        "withdrew": "انسحب انسحبت انسحبوا تنسحب ينسحب تراجع تراجعت اخلى اخلت",
        "besieged": "حاصر حاصرت حاصروا تحاصر طوق طوقت تطوق",
        "advanced": "تقدم تقدمت تقدموا تتقدم",
        "lost": "خسر خسرت خسروا تخسر فقد فقدت فقدوا",
        "strike": "قصف قصفت قصفوا تقصف استهدف استهدفت استهدفوا تستهدف",
        "fell": "سقط سقطت سقطوا تسقط",
    }.items()
    for form in _words(forms)
}
# Nouns for what happened: "السيطرة على X", "استعادة X".
EVENT_NAMES = {
    form: event
    for event, forms in {
        "captured": "السيطره سيطرتها سيطرته سيطرتهم سيطره تحرير احتلال انتزاع بسيطره",
        "recaptured": "استعاده استرداد استرجاع",
        "entered": "دخول اقتحام",
        "withdrew": "انسحاب انسحابها",
    }.items()
    for form in _words(forms)
}
ARABIC_TYPES = _words(
    "قريه قرى قريتي بلده بلدات بلدتي مدينه مدن مدينتي "
    "القرى البلدات البلده القريه المدينه تله تلال تلتي "
    "مزرعه مزارع منطقه مناطق كل من كلا نقاط مواقع حي احياء الاستراتيجيه استراتيجيه كامل كاملا عده "
    "عدد جديده الاتيه التاليه التاليه: وهي هي منها بينها ابرزها اهمها جميع"
)
PARTS = _words("اجزاء اطراف محيط مشارف احياء معظم تخوم جزء نصف مداخل ضواحي")
OVER = _words("على عليها عليه")
# Behind these no place of the list stands.
STOPS = _words(
    "في من بعد اثر عقب خلال جنوب شمال شرق غرب جنوبي "
    "شمالي شرقي غربي بريف ريف ضمن قرب باتجاه نحو الى "
    "مع ضد بين بدعم وسط دون حيث التي الذي كما وذلك وسط منذ حتى امام لكن بينما قبل اليوم امس يوم "
    "بالتزامن تحت وفق بحسب مما ما ان لصالح ومحيطها"
)
NEGATED = _words(
    "لم لن لا ليس ليست دون فشل فشلت فشلوا صدت صد احبطت احبط تصدت افشلت افشل تفشل منعت منع"
)
CONDITIONS = _words("اذا لو حال ريثما كي لكي")
AIMS = _words(
    "محاوله محاولات حاول حاولت حاولوا تحاول يحاول محاولتها تسعى "
    "يسعى سعت بهدف هدف تهدف يهدف تريد يريد "
    "تعتزم يعتزم تخطط يخطط تمهيدا بغيه اجل قبيل تستعد يستعد تنوي معركه هجوم هجوما للسيطره لاستعاده "
    "لتحرير لاقتحام سوف قبل بانتظار تتوعد توعد هدد تهدد"
)
DENIED = _words("نفى نفت ينفي تنفي نافيا نافيه")
NEGATED = NEGATED | DENIED
MANAGED = _words(
    "تمكن تمكنت تمكنوا استطاع استطاعت نجح نجحت اعلن اعلنت اعلنوا اكد اكدت احكام بعد عقب اثر "
    "استكمل استكملت تمت تم ادى ادت عن"
)
AFTER = _words("بعد عقب اثر منذ")
SAYING = _words(
    "قال قالت افاد افادت ذكر ذكرت اعلن اعلنت اكد اكدت "
    "اضاف اضافت نقل نقلت اوضح اوضحت بحسب وفق وفقا حسب رصد"
)
ARABIC_DAYS = {
    plain_arabic(day): number
    for number, day in enumerate(
        ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    )
}
ARABIC_MONTHS = {
    plain_arabic(name): number
    for number, names in enumerate(
        (
            "كانون_الثاني يناير", "شباط فبراير", "آذار مارس", "نيسان أبريل", "أيار مايو",
            "حزيران يونيو", "تموز يوليو", "آب أغسطس", "أيلول سبتمبر", "تشرين_الأول أكتوبر",
            "تشرين_الثاني نوفمبر", "كانون_الأول ديسمبر",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_BARE = frozenset(ARABIC_VERBS) | frozenset(EVENT_NAMES) | _words("اشتباكات")
# As they stand in a text, with "and" and the like before them.
ARABIC_TRIGGERS = frozenset(prefix + form for form in _BARE for prefix in ("", "و", "ف", "ب", "ل"))
