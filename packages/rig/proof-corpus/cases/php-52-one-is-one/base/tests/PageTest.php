<?php

use Acme\Page;
use PHPUnit\Framework\TestCase;

final class PageTest extends TestCase
{
    /** @dataProvider pages */
    public function testRender(int $columns, string $page): void
    {
        self::assertSame($page, Page::render(['a', 'b', 'c'], $columns));
    }

    public function pages(): array
    {
        return [
            'one column' => [1, "a\nb\nc"],
            'two columns' => [2, "a b\nc"],
        ];
    }
}
