/* The parts of Leaflet that the page itself uses: the map, its handlers, zoom and scale, vectors as SVG. See README.md. */

import {version} from 'leaflet/package.json';
import * as Browser from 'leaflet/src/core/Browser.js';
import 'leaflet/src/layer/Layer.js';
import {Map, createMap} from 'leaflet/src/map/Map.js';
import {BoxZoom} from 'leaflet/src/map/handler/Map.BoxZoom.js';
import {DoubleClickZoom} from 'leaflet/src/map/handler/Map.DoubleClickZoom.js';
import {Drag} from 'leaflet/src/map/handler/Map.Drag.js';
import {Keyboard} from 'leaflet/src/map/handler/Map.Keyboard.js';
import {ScrollWheelZoom} from 'leaflet/src/map/handler/Map.ScrollWheelZoom.js';
import {TapHold} from 'leaflet/src/map/handler/Map.TapHold.js';
import {TouchZoom} from 'leaflet/src/map/handler/Map.TouchZoom.js';
import {zoom, Zoom} from 'leaflet/src/control/Control.Zoom.js';
import {scale, Scale} from 'leaflet/src/control/Control.Scale.js';
import {Control} from 'leaflet/src/control/Control.js';
import {svg} from 'leaflet/src/layer/vector/SVG.js';
import {toPoint as point} from 'leaflet/src/geometry/Point.js';
import {toLatLng as latLng} from 'leaflet/src/geo/LatLng.js';
import {toLatLngBounds as latLngBounds} from 'leaflet/src/geo/LatLngBounds.js';
Control.Scale = Scale;
Map.BoxZoom = BoxZoom; Map.DoubleClickZoom = DoubleClickZoom; Map.Drag = Drag; Map.Keyboard = Keyboard;
Map.ScrollWheelZoom = ScrollWheelZoom; Map.TapHold = TapHold; Map.TouchZoom = TouchZoom;
window.L = {version, Browser, Map, map: createMap, Control, control: {zoom, scale}, svg, point, latLng, latLngBounds};
