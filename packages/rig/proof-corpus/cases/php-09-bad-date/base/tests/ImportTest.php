<?php

use Acme\Import;
use PHPUnit\Framework\TestCase;

final class ImportTest extends TestCase
{
    public function testReadsDays(): void
    {
        $rows = Import::rows(file_get_contents(__DIR__ . '/data/iso.csv'));
        self::assertSame([['name' => 'Ada', 'day' => '2024-12-31']], $rows);
    }
}
