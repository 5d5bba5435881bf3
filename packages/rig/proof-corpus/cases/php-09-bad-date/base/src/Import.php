<?php

namespace Acme;

final class Import
{
    public static function rows(string $csv): array
    {
        $rows = [];
        foreach (explode("\n", trim($csv)) as $line) {
            [$name, $day] = explode(';', $line);
            $rows[] = ['name' => $name, 'day' => self::day($day)];
        }
        return $rows;
    }

    private static function day(string $text): string
    {
        return (new \DateTimeImmutable($text))->format('Y-m-d');
    }
}
