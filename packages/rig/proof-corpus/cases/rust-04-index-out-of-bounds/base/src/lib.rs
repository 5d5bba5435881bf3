mod decode;

/// The number of whole packets: a length byte, then as many bytes.
pub fn count(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    let mut found = 0;
    while !rest.is_empty() {
        let packet = decode::next(rest);
        found += 1;
        rest = &rest[1 + packet.len()..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counts_packets() {
        assert_eq!(count(&[2, 7, 7, 0, 1, 9]), 3);
    }
}
