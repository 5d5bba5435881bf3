<?php

namespace Acme;

final class Chart
{
    public function bars(array $values): array
    {
        $scale = $this->scale($values);
        return array_map(static fn (int $v): string => str_repeat('#', (int) ($v * $scale)), $values);
    }

    private function scale(array $values): float
    {
        return 10 / max($values);
    }
}
