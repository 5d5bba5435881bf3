use crate::text::truncate;

const WIDTH: usize = 5;

pub fn line(number: usize, title: &str) -> String {
    format!("{number}. {}", truncate(title, WIDTH))
}
