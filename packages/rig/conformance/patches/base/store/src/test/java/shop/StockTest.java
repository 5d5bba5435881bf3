package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StockTest {
    @Test
    void takesFromStock() {
        assertEquals(1, new Stock(new HashMap<>(Map.of("tea", 3))).take("tea", 2));
    }

    @Test
    void readsNumbers() {
        assertEquals(7, new Stock(Map.of()).parse("7"));
    }
}
