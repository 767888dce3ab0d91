"""From places with holders to areas, front line and band.

Points, their holders and the areas last known come in; polygons, lines and the band in which the
line may run go out. It knows no claim and imports errors alone.
"""
