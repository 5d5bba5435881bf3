<?php

use Acme\Block;
use Acme\RecentChanges;
use Acme\Records;
use PHPUnit\Framework\TestCase;

final class BlockTest extends TestCase
{
    public function testListsTitles(): void
    {
        $records = new Records();
        $records->add(1, 'Tea & milk');
        $block = new Block(new RecentChanges($records));
        self::assertSame('<ul><li>Tea &amp; milk</li></ul>', $block->html([1]));
    }
}
