"""Valid inputs, one or more for each door: what the fuzz changes."""

from __future__ import annotations

import json

__all__ = [
    "ACLED",
    "ACLED_JSON",
    "ARABIC",
    "BASELINE",
    "CLAIMS",
    "COURSE",
    "DRAWN",
    "DRAWN_KML",
    "FIGURES",
    "GEONAMES",
    "HIGHWAYS",
    "LAND",
    "LINES",
    "LINKED",
    "NAMES",
    "OWN",
    "PAGE",
    "PCODES",
    "PHRASES",
    "PLACES",
    "POSTS",
    "RECORDS",
    "REPORT",
    "SOURCES",
    "UCDP",
    "VIINA_CONTROL",
    "VIINA_INFO",
    "VIINA_LABELS",
    "as_bytes",
]

PLACES = """id,name,name_ar,spellings,lat,lon,lookup
ford,Ford,فورد,Fort|Ford Village,45.10,10.10,map sheet 12
mill,Mill,,,45.20,10.20,map sheet 12
bridge,Bridge,,Bridgetown,45.15,10.30,map sheet 12
"""
BASELINE = """place_id,holder,as_of,basis,source
ford,south,2024-04-30,report,Valley Gazette of 30 April
mill,north,2024-04-30,report,Valley Gazette of 30 April
bridge,south,2024-04-30,report,Valley Gazette of 30 April
"""
SOURCES = """id,name,reliability,lean
gazette,Valley Gazette,B,independent
radio-north,Radio North,C,north
acled,ACLED,B,independent
ucdp-ged,UCDP GED,B,independent
viina,VIINA,C,independent
"""
CLAIMS = """claim_id,place,place_id,event,actor,date_start,date_end,published,source,note
c1,Ford,ford,captured,north,2024-05-02,2024-05-02,2024-05-02,radio-north,
c2,the Ford,ford,denied,south,2024-05-02,2024-05-02,2024-05-02,gazette,"he said, no"
c3,Ford village,ford,captured,north,2024-05-03,2024-05-03,2024-05-04,gazette,seen
"""
HIGHWAYS = """highway,seq,place_id,offset_m,offset_bearing,error_m,kind,shared_with,source,note
A1,1,ford,,,500,town,,map,
A1,2,mill,,,500,town,,map,
A1,3,bridge,,,500,town,,map,
"""
POSTS = (
    "post_id,name,place_id,operator,agreement,number,established,established_precision,withdrawn,"
    "source,note\n"
    "p1,Mill post,mill,south,,1,2024-05-01,day,,gazette,\n"
)
LAND = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "Valley"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [
                        [[9.9, 44.9], [10.5, 44.9], [10.5, 45.4], [9.9, 45.4], [9.9, 44.9]]
                    ],
                },
            }
        ],
    }
)
COURSE = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"ref": "A1"},
                "geometry": {
                    "type": "LineString",
                    "coordinates": [[10.1, 45.1], [10.15, 45.14], [10.2, 45.2], [10.3, 45.15]],
                },
            }
        ],
    }
)
ACLED = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,country,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,timestamp\n"
    "VAL1,02 May 2024,2024,1,Battles,Non-state actor overtakes territory,North,South,Valley,Ford,"
    "45.10,10.10,1,Valley Gazette,National,taken,0,1714694400\n"
    "VAL2,03 May 2024,2024,1,Battles,Armed clash,North,South,Valley,Mill,45.20,10.20,1,Gazette,"
    "National,clash,2,1714780800\n"
)
ACLED_JSON = json.dumps(
    {
        "status": 200,
        "count": 2,
        "data": [
            dict(zip(ACLED.split("\n", maxsplit=1)[0].split(","), row.split(","), strict=True))
            for row in ACLED.split("\n")[1:3]
        ],
    }
)
VIINA_INFO = (
    "viina_version,event_id,event_id_1pd,date,time,geonameid,feature_code,asciiname,ADM1_NAME,"
    "longitude,latitude,GEO_PRECISION,GEO_API,location,address,report_id,source,url,text,lang\n"
    'v2,11,61,20240502,10:30,100,PPL,Ford,Valley,10.1,45.1,ADM3,Yandex,1,"Valley, Ford",9001,'
    "gazette,https://example.org/1,Ford taken,ru\n"
    'v2,12,62,20240503,10:40,101,PPL,Mill,Valley,10.2,45.2,ADM3,OSM,1,"Mill, Valley",9002,'
    "gazette,https://example.org/2,Clash at Mill,uk\n"
)
VIINA_LABELS = (
    "viina_version,event_id,event_id_1pd,date,geonameid,t_mil,a_rus,a_ukr,t_control,t_mil_b,"
    "a_rus_b,a_ukr_b,a_rus_init_b,a_ukr_init_b,t_airstrike_b,t_control_b,t_firefight_b,t_loc_b\n"
    "v2,11,61,20240502,100,0.99,0.99,0.01,0.98,1,1,0,1,0,0,1,0,1\n"
    "v2,12,62,20240503,101,0.99,0.99,0.9,0.1,1,1,1,0,0,1,0,1,1\n"
)
VIINA_CONTROL = (
    "geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status,vcontrol_version\n"
    "100,20240502,RU,RU,UA,UA,RU,2024\n101,20240503,UA,RU,UA,UA,UA,2024\n"
)
UCDP = (
    "id,date_start,date_end,date_prec,where_coordinates,where_prec,latitude,longitude,side_a,side_b,"
    "event_clarity,source_article,best,low,high,type_of_violence\n"
    "7,2024-05-02 00:00:00.000,2024-05-02 00:00:00.000,1,Ford town,1,45.10,10.10,North,South,1,"
    '"Gazette, 2024-05-03",3,2,4,1\n'
)
OWN = """claim_id,place,place_id,event,actor,date_start,date_end,published,source
n1,Mill,,captured,south,2024-05-03,2024-05-03,2024-05-04,gazette
n2,Bridgetown,,entered,north,2024-05-04,2024-05-04,2024-05-04,gazette
"""
GEONAMES = (
    "100\tFord\tFord\tFort,فورد\t45.1\t10.1\tP\tPPL\tVA\t\t01\t\t\t\t1200\t\t20\tEurope/X\t2020-01-01\n"
    "101\tMill\tMill\t\t45.2\t10.2\tP\tPPL\tVA\t\t01\t\t\t\t200\t\t20\tEurope/X\t2020-01-01\n"
)
PCODES = (
    "admin1Name_en,admin1Pcode,admin4Name_en,admin4Pcode,Latitude,Longitude\n"
    "Valley,VA01,Ford,VA010101,45.1,10.1\nValley,VA01,Mill,VA010102,45.2,10.2\n"
)
LINKED = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "@id": "http://example.org/1",
                "type": "Feature",
                "properties": {"title": "Ford", "ccodes": ["VA"]},
                "names": [{"toponym": "Ford"}, {"toponym": "Fort"}],
                "geometry": {"type": "Point", "coordinates": [10.1, 45.1]},
            }
        ],
    }
)
FIGURES = """id,quantity,value,unit,date,source,note
f1,towns and villages captured by North since 1 May,at least 2,,3 May 2024,gazette,
f2,distance from the front line to Bridge,5-10,km,2024-05-03,gazette,
f3,area held by South,about 1/3 of Valley,,2024-05-03,gazette,
"""
REPORT = """\
VALLEY (Agency) - Northern forces captured the town of Ford on Thursday, Radio North said.

Fighters withdrew from Mill on 1 May after clashes; "we took Bridge", a commander said, which the
South denied. The road A1 was cut between Ford and Mill.
"""
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>News</title></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Ford taken</h1><p>{REPORT}</p>
<pre>one\ntwo</pre><table><tr><td>Mill</td><td>3 May</td></tr></table></article></body></html>"""
ARABIC = (
    "سيطرت قوات النظام على بلدة سراقب يوم الأربعاء 29 كانون الثاني، "
    "وانسحبت الفصائل من قرية كفر نبل."
)


def as_bytes(*texts: str) -> tuple[bytes, ...]:
    """Give texts as a door takes them."""
    return tuple(text.encode() for text in texts)


DRAWN_KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Map sheet 12</name>
<Folder><name>north</name><Placemark><name>north</name><description>held, 2 May</description>
<Polygon><outerBoundaryIs><LinearRing><coordinates>
10.0,45.0,0 10.2,45.0,0 10.2,45.3,0 10.0,45.3,0 10.0,45.0,0
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>
<Folder><name>south</name><Placemark><name>south</name><MultiGeometry><Polygon><outerBoundaryIs>
<LinearRing><coordinates>10.2,45.0 10.4,45.0 10.4,45.3 10.2,45.3 10.2,45.0</coordinates>
</LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark></Folder></Document></kml>
"""
DRAWN = LAND.replace('"name": "Valley"', '"name": "north", "fill": "#c00"')
RECORDS = json.dumps(
    [
        {"id": "a", "name": "Ford", "lat": 45.1, "lon": 10.1, "names": ["Fort"], "holder": "north"},
        {"id": "b", "name": "Mill", "lat": 45.2, "lon": 10.2, "names": [], "holder": "south"},
        {"id": "c", "name": "Bridge", "lat": 45.15, "lon": 10.3, "names": ["Br"], "holder": None},
    ]
)


NAMES = as_bytes(
    "Ford", "Maaret al-Numan", "سراقب", "Ford Village, North", "Rashidin 4", "الرشي‍دين"
)
PHRASES = as_bytes(
    "20 km south of Ford", "between Ford and Mill", "A1 north of Ford", "10 miles NE of Mill",
    "the road from Ford to Bridge", "km 12 of the A1", "5-10 km from Mill", "جنوب فورد",
)  # fmt: skip
LINES = as_bytes(
    "status\nFord\n--on\n2024-05-03", "changes\n--from\n2024-05-01\n--to\n2024-05-05\n--json",
    "highway\nA1\n--on\n2024-05-03", "posts\n--on\n2024-05-03\n--known-on\n2024-05-02",
    "resolve\nFord\n--near\n45.1,10.2\n--limit\n3", "history\nFord", "front\n--on\n2024-05-03",
    "resolve\n20 km south of Ford\n--within\nFord",
)  # fmt: skip
