<?php

namespace Acme;

final class Manifest
{
    public function build(array $answers): array
    {
        $manifest = ['name' => $answers['name']];
        if (!array_key_exists('author', $answers)) {
            return $manifest;
        }
        $manifest['authors'] = [Author::parse($answers['author'])];
        return $manifest;
    }
}
