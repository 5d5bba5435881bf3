<?php

use Acme\Manifest;
use PHPUnit\Framework\TestCase;

final class ManifestTest extends TestCase
{
    public function testKeepsTheAuthor(): void
    {
        $manifest = (new Manifest())->build(['name' => 'a/b', 'author' => 'Ada <ada@example.com>']);
        self::assertSame([['name' => 'Ada', 'email' => 'ada@example.com']], $manifest['authors']);
    }
}
