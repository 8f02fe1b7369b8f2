# The two rest rows of a report
region-outside = Outside the scheme
region-unresolved = Unresolved

# Region schemes
schemes-title = Region schemes
schemes-sub = How places are grouped into the regions of a report
schemes-built-in = Built in
schemes-own = Our own
schemes-own-none = None yet. Open a built-in scheme and make a copy: it can be changed, the original stays as it is.
scheme-name = Name
scheme-version = Version
scheme-sub = Version { $version }
scheme-state = State
scheme-in-use = in use
scheme-retired = retired
scheme-retired-what = This scheme is retired: it is no longer offered for reports. Reports made with it can still be opened.
scheme-is-own = our own
scheme-is-built-in = built in, cannot be changed
scheme-note = What to know
scheme-region = Region
scheme-regions = Regions
scheme-places = Provinces and countries
scheme-other-countries = { $n ->
    [one] and { $shown } other country or area
   *[other] and { $shown } other countries and areas
}
scheme-ours = Our suppliers today
scheme-mark = No.
scheme-map = Map
scheme-map-label = Tile map of China's provinces by region; the table has the same
scheme-map-key = The number on a tile is that of the region in the table.
scheme-report = Report in this scheme
scheme-copy = Make a copy to change
scheme-copy-what = The copy begins with the same regions. You can then rename them, move provinces, add and remove regions.
scheme-copy-do = Make the copy
scheme-name-en = Name in English
scheme-name-zh = Name in Chinese
scheme-name-hint = One of the two names is enough.
scheme-note-en = What to know, in English
scheme-note-zh = What to know, in Chinese
scheme-edit = Change the scheme
scheme-region-en = Region in English
scheme-region-zh = Region in Chinese
scheme-remove = Remove
scheme-remove-do = remove
scheme-remove-what = Provinces of a removed region fall outside the scheme, unless you choose another region for them below.
scheme-new-region = Add a region
scheme-new-region-choice = The region added above
scheme-as-country = As its country
scheme-provinces = Provinces
scheme-provinces-what = Countries other than China stay where the original scheme has them.
scheme-save = Save
scheme-cancel = Cancel
scheme-retire = Retire this scheme
scheme-retire-what = It will no longer be offered for reports. Reports made with it can still be opened. This cannot be undone; a copy can be made at any time.
done-scheme-copied = The copy “{ $what }” is made. Change it here.
done-scheme-saved = “{ $what }” is saved.
done-scheme-retired = “{ $what }” is retired.
conflict-scheme-retired = This scheme is retired and can no longer be changed. Make a copy of it.
problem-scheme_regions = A scheme needs at least one region, and { $max } at most.
action-scheme-created = Region scheme copied
action-scheme-edited = Region scheme changed
action-scheme-retired = Region scheme retired
