/// A line with a comment at the right edge.
pub fn comment(width: usize, line: &str, comment: &str) -> String {
    let space = padding(width, line, comment);
    format!("{line}{}{comment}", " ".repeat(space))
}

fn padding(width: usize, line: &str, comment: &str) -> usize {
    width - line.chars().count() - comment.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_comment_is_at_the_edge() {
        assert_eq!(comment(10, "run", "# a"), "run    # a");
    }
}
