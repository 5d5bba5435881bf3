<?php

namespace Acme;

final class Page
{
    public static function render(array $hosts, int $columns): string
    {
        $grid = new Grid($columns);
        $text = '';
        foreach ($hosts as $i => $host) {
            $text .= $host . ($grid->row($i) ? "\n" : ' ');
        }
        return rtrim($text);
    }
}
