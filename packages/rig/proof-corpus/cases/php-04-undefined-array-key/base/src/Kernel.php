<?php

namespace Acme;

final class Kernel
{
    public function headers(array $lines): array
    {
        $headers = [];
        foreach ($lines as $line) {
            [$name, $value] = Header::parse($line);
            $headers[$name] = $value;
        }
        return $headers;
    }
}
