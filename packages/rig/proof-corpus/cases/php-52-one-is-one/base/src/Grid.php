<?php

namespace Acme;

final class Grid
{
    private int $columns;

    public function __construct(int $columns)
    {
        $this->columns = $columns;
    }

    /** Whether a row ends after the cell with this index. */
    public function row(int $index): bool
    {
        return ($index + 1) % $this->columns === 0;
    }
}
