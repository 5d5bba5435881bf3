/// The beginning of a text, at most `max` bytes long.
pub fn truncate(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    &text[..max]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_stays() {
        assert_eq!(truncate("tea", 5), "tea");
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(truncate("chamomile", 5), "chamo");
    }
}
