<?php

namespace Acme;

final class Subject
{
    public static function short(string $text, int $length): string
    {
        return substr($text, 0, $length);
    }
}
