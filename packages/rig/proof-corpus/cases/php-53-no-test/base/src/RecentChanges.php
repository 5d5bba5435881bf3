<?php

namespace Acme;

final class RecentChanges
{
    private Records $records;

    public function __construct(Records $records)
    {
        $this->records = $records;
    }

    public function titles(array $ids): array
    {
        $titles = [];
        foreach ($ids as $id) {
            $titles[] = $this->records->find($id)->title();
        }
        return $titles;
    }
}
