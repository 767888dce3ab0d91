"""The Arabic words for days, months, numbers and lengths of time, as `plain_arabic` gives them."""

from __future__ import annotations

from geoline.reading.shared.tokens import plain_arabic

__all__ = [
    "ABOUT",
    "COUNTS",
    "CURRENT",
    "EARLY",
    "FOLLOWING",
    "LATE",
    "LENGTHS",
    "MIDDLE",
    "MONTHS",
    "MONTH_LEADS",
    "NEXT",
    "NIGHTS",
    "ORDINALS",
    "PARTS_OF_DAY",
    "PAST",
    "PREVIOUS",
    "RECENTLY",
    "SAME",
    "SOME",
    "TENS",
    "THIS",
    "UNITS",
    "WEEKDAYS",
    "YEARS",
    "YEAR_LEADS",
    "YESTERDAY",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(plain_arabic(word) for word in text.split())


def _numbered(*rows: str, start: int = 1) -> dict[str, int]:
    return {plain_arabic(w): n for n, row in enumerate(rows, start) for w in row.split()}


WEEKDAYS = _numbered(
    "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد", start=0
)
MONTHS = _numbered(
    "كانون_الثاني يناير", "شباط فبراير", "آذار مارس", "نيسان أبريل", "أيار مايو",
    "حزيران يونيو", "تموز يوليو", "آب أغسطس", "أيلول سبتمبر", "تشرين_الأول أكتوبر",
    "تشرين_الثاني نوفمبر", "كانون_الأول ديسمبر",
)  # fmt: skip
ORDINALS = _numbered(
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع",
    "العاشر",
) | {plain_arabic("الحادي"): 1}  # fmt: skip
TENS = {"عشر": 10, "والعشرين": 20, "العشرين": 20, "والثلاثين": 30, "الثلاثين": 30}
COUNTS = _numbered(
    "واحد واحدة", "اثنين اثنتين", "ثلاثة ثلاث الثلاثة الثلاث", "أربعة أربع الأربعة الأربع",
    "خمسة خمس الخمسة الخمس", "ستة ست الستة الست", "سبعة سبع السبعة السبع",
    "ثمانية ثماني الثمانية الثماني", "تسعة تسع التسعة التسع", "عشرة عشر العشرة العشر",
)  # fmt: skip
# Units: hours, days, weeks, months, years; "two" of them.
UNITS = {
    plain_arabic(word): (unit, count)
    for unit, count, words in (
        ("h", 1, "ساعة ساعات الساعات"), ("h", 2, "ساعتين الساعتين"),
        ("d", 1, "يوم أيام يوما الأيام"), ("d", 2, "يومين اليومين"),
        ("w", 1, "أسبوع أسابيع الأسابيع"), ("w", 2, "أسبوعين الأسبوعين"),
        ("m", 1, "شهر أشهر شهور الأشهر الشهور"), ("m", 2, "شهرين الشهرين"),
        ("y", 1, "عام أعوام سنة سنوات سنين"), ("y", 2, "عامين سنتين"),
    )
    for word in words.split()
}  # fmt: skip
LENGTHS = {"h": 1 / 24, "d": 1, "w": 7, "m": 31, "y": 366}
# Plurals without a number: "days ago".
SOME = _words("ساعات أيام أسابيع أشهر سنوات الساعات الأيام الأسابيع الأشهر")
PAST = _words("الماضي الماضية الماضيين الفائت الفائتة الفائتين المنصرم المنصرمة المنصرمين")
RECENTLY = PAST | _words("الأخيرة الأخيرين الأخير القليلة القليلين")
CURRENT = _words("الجاري الحالي الجارية الحالية")
NEXT = _words("المقبل القادم المقبلة القادمة")
SAME = _words("نفسه ذاته عينه ذاتها نفسها")
PARTS_OF_DAY = _words(
    "مساء صباح فجر ظهر عصر نهار منتصف عشية ظهيرة ضحى مغرب ليل ليلة يوم منذ_صباح حلول وقت"
)
NIGHTS = _words("ليل ليلة")
EARLY, MIDDLE = _words("مطلع بداية أوائل مستهل"), _words("منتصف أواسط")
LATE = _words("نهاية أواخر آخر")
ABOUT = _words("نحو حوالي قرابة أقل أكثر")
MONTH_LEADS = _words(
    "في شهر منذ خلال حتى أواخر أوائل مطلع منتصف نهاية بداية بين إلى نهايات من وحتى"
)
THIS = _words("هذا هذه")
PREVIOUS, FOLLOWING = _words("السابق"), _words("التالي الموالي")
YESTERDAY = _words("أمس البارحة")
YEARS = _words("عام العام سنة")
# Before a year that is only a number.
YEAR_LEADS = _words("في منذ حتى من خلال")
