<?php

namespace Acme;

final class Block
{
    private RecentChanges $changes;

    public function __construct(RecentChanges $changes)
    {
        $this->changes = $changes;
    }

    public function html(array $ids): string
    {
        $items = array_map('htmlspecialchars', $this->changes->titles($ids));
        return '<ul><li>' . implode('</li><li>', $items) . '</li></ul>';
    }
}
