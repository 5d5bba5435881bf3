package com.acme.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OrdersTest {
    private final Orders orders = new Orders();

    @Test
    void describesAnOrder() {
        assertEquals("a1 is open", orders.describe("a1", "open"));
        assertEquals("a1 is on its way", orders.describe("a1", "shipped"));
    }
}
