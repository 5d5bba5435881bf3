<?php

namespace Acme;

final class Decoder
{
    public static function decode(string $body): mixed
    {
        return json_decode($body, true, 16, JSON_THROW_ON_ERROR);
    }
}
