//! The tile map: each province of China one tile, all of the same size.

use crate::regions::{Province, provinces};

/// Size of a tile in the drawing's own units.
const WIDTH: u32 = 50;
const HEIGHT: u32 = 46;
const GAP: u32 = 4;

/// A tile of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub x: u32,
    pub y: u32,
    pub href: String,
    /// The province in the page's language.
    pub name: String,
    /// What stands on the tile: 黑龙江 has room there, "Heilongjiang" has not.
    pub short: &'static str,
    /// The second line.
    pub text: String,
    /// A class of the style sheet: `t0` to `t5` by number, `g0` to `g7` by region.
    pub class: String,
}

/// The map, with its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileMap {
    pub tiles: Vec<Tile>,
    pub tile_width: u32,
    pub width: u32,
    pub height: u32,
}

impl TileMap {
    /// The middle of a tile.
    pub fn middle(&self, tile: &Tile) -> u32 {
        tile.x + self.tile_width / 2
    }

    pub fn tile_height(&self) -> u32 {
        HEIGHT
    }
}

/// A map whose tiles `look` gives a link, a second line and a class.
pub fn map(chinese: bool, look: impl Fn(&Province) -> (String, String, String)) -> TileMap {
    let tile_width = WIDTH;
    let tile = |province: &Province| {
        let (column, row) = province.tile;
        let (href, text, class) = look(province);
        Tile {
            x: u32::from(column) * (tile_width + GAP) + 2,
            y: u32::from(row) * (HEIGHT + GAP) + 2,
            href,
            name: if chinese { province.short_zh } else { province.name_en }.to_string(),
            short: if chinese { province.short_zh } else { abbreviation(province) },
            text,
            class,
        }
    };
    let tiles: Vec<Tile> = provinces().iter().map(tile).collect();
    let width = tiles.iter().map(|t| t.x + tile_width).max().unwrap_or(0) + 2;
    let height = tiles.iter().map(|t| t.y + HEIGHT).max().unwrap_or(0) + 2;
    TileMap { tiles, tile_width, width, height }
}

/// The two letters of ISO 3166-2: `JS` of `CN-JS`.
fn abbreviation(province: &Province) -> &'static str {
    province.iso.trim_start_matches("CN-")
}

/// The class of a number among numbers up to `largest`: `t0` for none, `t1` to `t5` in fifths.
pub fn shade(number: i64, largest: i64) -> String {
    if number <= 0 || largest <= 0 {
        return "t0".into();
    }
    format!("t{}", (number * 5 + largest - 1) / largest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_run_from_none_to_the_largest() {
        assert_eq!(shade(0, 79), "t0");
        assert_eq!(shade(1, 79), "t1");
        assert_eq!(shade(79, 79), "t5");
        assert_eq!(shade(0, 0), "t0");
    }

    #[test]
    fn no_two_tiles_overlap() {
        let map = map(false, |_| Default::default());
        for (index, a) in map.tiles.iter().enumerate() {
            for b in &map.tiles[index + 1..] {
                let apart = a.x.abs_diff(b.x) >= map.tile_width || a.y.abs_diff(b.y) >= HEIGHT;
                assert!(apart, "{} {}", a.name, b.name);
            }
        }
    }
}
