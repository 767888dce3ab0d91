-- A theatre and its days in PostgreSQL with PostGIS. Days are dates, never instants; what is known
-- no better than "by that day" says so in date_precision. Positions are EPSG:4326, longitude first.
-- What people may edit and geoline reads back: theatre_files, sources, gazetteer, claims, baseline,
-- last_known, regions, water. What an export computes, a row a day: all that has a column "day".

CREATE TABLE theatre (
  id text PRIMARY KEY,
  name text NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  layout smallint NOT NULL -- of these tables
);

-- theatre.toml, and the tables that nobody asks a database about, as they stand in the folder.
CREATE TABLE theatre_files (
  path text PRIMARY KEY,
  content text NOT NULL
);

-- Parties, contested and unknown ground, as theatre.toml describes them.
CREATE TABLE holders (
  id text PRIMARY KEY,
  name text NOT NULL,
  name_ar text,
  color text NOT NULL,
  pattern text NOT NULL
);

CREATE TABLE sources (
  id text PRIMARY KEY,
  name text NOT NULL,
  reliability text NOT NULL,
  lean text NOT NULL,
  kind text,
  country text,
  domain text,
  note text,
  number integer -- their order
);

CREATE TABLE gazetteer (
  id text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  name_ar text,
  spellings text,
  uncertainty_m double precision NOT NULL,
  kind text,
  population integer,
  lookup text NOT NULL,
  admin text,
  note text,
  reviewed boolean NOT NULL DEFAULT true, -- false: from the list of the whole country
  number integer,
  geom geometry(Point, 4326) NOT NULL
);
CREATE INDEX gazetteer_geom ON gazetteer USING gist (geom);

CREATE TABLE claims (
  claim_id text PRIMARY KEY,
  place text NOT NULL,
  about text,
  place_id text COLLATE "C" REFERENCES gazetteer,
  road text,
  event text NOT NULL,
  actor text NOT NULL,
  date_start date,
  date_end date NOT NULL,
  date_precision text,
  published date,
  source text NOT NULL REFERENCES sources,
  origin text,
  credibility smallint,
  url text,
  note text,
  corrects text,
  deaths text,
  number integer,
  CHECK (date_start <= date_end)
);
CREATE INDEX claims_place ON claims (place_id, date_end);
CREATE INDEX claims_source ON claims (source);

CREATE TABLE baseline (
  place_id text COLLATE "C" PRIMARY KEY REFERENCES gazetteer,
  holder text NOT NULL REFERENCES holders,
  as_of date NOT NULL,
  basis text NOT NULL,
  source text NOT NULL,
  note text,
  number integer
);

CREATE TABLE last_known (
  number integer PRIMARY KEY,
  holder text NOT NULL REFERENCES holders,
  as_of date NOT NULL,
  source text,
  geom geometry(MultiPolygon, 4326) NOT NULL
);
CREATE INDEX last_known_geom ON last_known USING gist (geom);

CREATE TABLE regions (
  kind text NOT NULL CHECK (kind IN ('governorate', 'land')),
  number integer NOT NULL,
  name text NOT NULL,
  name_ar text,
  geom geometry(MultiPolygon, 4326) NOT NULL,
  PRIMARY KEY (kind, number)
);
CREATE INDEX regions_geom ON regions USING gist (geom);

CREATE TABLE water (
  number integer PRIMARY KEY,
  name text NOT NULL,
  name_ar text,
  kind text NOT NULL,
  geom geometry(Geometry, 4326) NOT NULL
);
CREATE INDEX water_geom ON water USING gist (geom);

-- The days that were exported, and how much was known of each.
CREATE TABLE days (
  day date PRIMARY KEY,
  known_on date,
  known text NOT NULL,
  note text
);

CREATE TABLE areas (
  day date REFERENCES days,
  holder text REFERENCES holders,
  km2 double precision,
  geom geometry(MultiPolygon, 4326),
  PRIMARY KEY (day, holder)
);
CREATE INDEX areas_geom ON areas USING gist (geom);

CREATE TABLE band (
  day date PRIMARY KEY REFERENCES days,
  coverage double precision,
  geom geometry(MultiPolygon, 4326)
);
CREATE INDEX band_geom ON band USING gist (geom);

CREATE TABLE front (
  day date REFERENCES days,
  holder_a text REFERENCES holders,
  holder_b text REFERENCES holders,
  length_km double precision,
  smoothing_m double precision,
  geom geometry(MultiLineString, 4326),
  PRIMARY KEY (day, holder_a, holder_b)
);
CREATE INDEX front_geom ON front USING gist (geom);

CREATE TABLE highways (
  day date REFERENCES days,
  number integer,
  road text NOT NULL,
  from_km double precision,
  to_km double precision,
  holder text,
  from_place text,
  to_place text,
  doubtful_km double precision,
  error_m double precision,
  geom geometry(MultiLineString, 4326),
  PRIMARY KEY (day, number)
);
CREATE INDEX highways_geom ON highways USING gist (geom);

-- Who held each place at the end of each day; "places" shows it on the map. Its keys and index
-- (write.py) are left out while most of it is filled.
CREATE TABLE place_days (
  day date NOT NULL,
  place_id text COLLATE "C" NOT NULL,
  holder text NOT NULL,
  contested boolean NOT NULL,
  besieged boolean NOT NULL,
  confidence double precision NOT NULL,
  since date NOT NULL,
  claims text,
  against text
);

CREATE TABLE changes (
  day date REFERENCES days,
  number integer,
  place text,
  place_id text COLLATE "C" REFERENCES gazetteer ON DELETE CASCADE,
  from_holder text,
  to_holder text,
  date date,
  claims text,
  geom geometry(Point, 4326),
  PRIMARY KEY (day, number)
);
CREATE INDEX changes_geom ON changes USING gist (geom);
CREATE INDEX changes_place ON changes (place_id);

CREATE TABLE posts (
  day date REFERENCES days,
  number integer,
  post text NOT NULL,
  agreement text,
  established date,
  status text,
  since date,
  territory text,
  distance_to_front_km double precision,
  distance_low_km double precision,
  distance_high_km double precision,
  doubtful boolean,
  reported text,
  differs boolean,
  position_of text,
  uncertainty_m double precision,
  reason text,
  geom geometry(Point, 4326),
  PRIMARY KEY (day, number)
);
CREATE INDEX posts_geom ON posts USING gist (geom);

CREATE TABLE events (
  day date REFERENCES days,
  claim_id text REFERENCES claims ON DELETE CASCADE,
  event text NOT NULL,
  date_start date,
  date_end date,
  place text,
  place_id text,
  actors text,
  source text,
  origin text,
  deaths_low integer,
  deaths_best integer,
  deaths_high integer,
  url text,
  note text,
  geom geometry(Point, 4326),
  PRIMARY KEY (day, claim_id)
);
CREATE INDEX events_geom ON events USING gist (geom);
CREATE INDEX events_claim ON events (claim_id);

CREATE VIEW places AS
  SELECT d.day, g.name AS place, d.place_id, d.holder, d.contested, d.besieged, d.confidence,
    d.since, d.claims, d.against, g.uncertainty_m, g.geom
  FROM place_days d JOIN gazetteer g ON g.id = d.place_id;

CREATE VIEW located_claims AS
  SELECT c.*, g.geom FROM claims c JOIN gazetteer g ON g.id = c.place_id;
