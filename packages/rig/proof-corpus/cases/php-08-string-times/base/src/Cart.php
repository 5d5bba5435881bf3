<?php

namespace Acme;

final class Cart
{
    public static function sum(array $lines): float
    {
        $sum = 0.0;
        foreach ($lines as $line) {
            $sum += Price::total($line);
        }
        return $sum;
    }
}
