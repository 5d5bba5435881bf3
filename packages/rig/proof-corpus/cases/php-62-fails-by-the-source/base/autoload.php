<?php

spl_autoload_register(static function (string $class): void {
    $file = __DIR__ . '/src/' . str_replace('\\', '/', substr($class, 5)) . '.php';
    if (str_starts_with($class, 'Acme\\') && is_file($file)) {
        require $file;
    }
});
