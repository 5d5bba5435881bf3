<?php

namespace Acme;

final class Price
{
    /** @param array{price: mixed, count: int} $line */
    public static function total(array $line): float
    {
        return $line['price'] * $line['count'];
    }
}
