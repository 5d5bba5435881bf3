package com.acme.orders;

public final class Orders {
    public String describe(String id, String status) {
        return id + " " + switch (Status.of(status)) {
            case OPEN -> "is open";
            case SHIPPED -> "is on its way";
        };
    }
}
