pub fn next(bytes: &[u8]) -> Vec<u8> {
    let length = bytes[0] as usize;
    let mut packet = Vec::with_capacity(length);
    for i in 0..length {
        packet.push(bytes[1 + i]);
    }
    packet
}
