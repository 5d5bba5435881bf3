<?php

namespace Acme;

final class Header
{
    public static function parse(string $line): array
    {
        $parts = explode(': ', $line, 2);
        return [strtolower($parts[0]), $parts[1]];
    }
}
