package com.acme.files;

final class Names {
    private Names() {}

    static String extension(String name) {
        return name.substring(name.lastIndexOf('.')).toLowerCase();
    }
}
