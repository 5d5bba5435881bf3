<?php

namespace Acme;

final class Label
{
    public static function of(string $state): string
    {
        return match ($state) {
            State::PAID => 'Paid, thank you',
            State::OPEN => 'Please pay',
        };
    }
}
