<?php

namespace Acme;

final class Author
{
    public static function parse(string $text): array
    {
        if (preg_match('/^(.+) <(.+)>$/', $text, $found) === 1) {
            return ['name' => $found[1], 'email' => $found[2]];
        }
        return ['name' => $text];
    }
}
