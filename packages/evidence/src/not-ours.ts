/** Where a frame says that its code is. */
export type FramePlaces = {
  readonly path: string | null;
  readonly absolutePath: string | null;
  readonly module: string | null;
  readonly package?: string | null;
};

/** Folders of installed dependencies and of runtimes, anywhere in a path. */
const DEPENDENCY_FOLDER = new RegExp(
  `(?:^|/)(?:${[
    // JavaScript
    "node_modules|\\./~|bower_components|jspm_packages|\\.pnpm|\\.yarn",
    "@vite|@id|@react-refresh",
    // Deno
    "\\.cache/deno|Caches/deno|deno-dir",
    // Python, and the layers of a Lambda function
    "site-packages|dist-packages|lib/python\\d[\\d.]*|opt/python",
    // Python on Windows keeps its library elsewhere
    "[Pp]ython\\d{2,3}(?:-\\d+)?/[Ll]ib|hostedtoolcache/windows/Python/[^/]+/[^/]+/[Ll]ib",
    // Ruby
    "gems/[^/]+-\\d[^/]*|bundler/gems|lib/ruby/(?:gems/)?\\d[^/]*",
    // Go
    "go/pkg/mod|usr/local/go/src|go-?\\d+\\.\\d+[\\d.]*/src|hostedtoolcache/go|go/[^/]+/libexec/src|[^/]+@v\\d+\\.\\d+[^/]*",
    // Rust
    "\\.?cargo/(?:registry|git)|rustc/[0-9a-f]{7,}",
    // Apple
    "Pods|Carthage|SourcePackages/checkouts|\\.build/checkouts|System/Library|usr/lib/(?:swift|system)|Xcode[^/]*\\.app",
    // C, C++, .NET, Java, Unity, Dart
    "usr/include|vcpkg_installed|\\.conan2?|\\.nuget/packages|\\.m2/repository|\\.gradle/caches|PackageCache",
    "\\.pub-cache",
  ].join("|")})/`,
);

/** Rails shortens the paths of gems: `activerecord (7.1.2) lib/active_record.rb`. */
const SHORTENED_GEM = /^[\w.-]+ \(\d+\.\d[\w.]*\) /;

/** Turbopack writes the folders of a chunk with underscores. */
const DEPENDENCY_CHUNK = /(?:^|\/)node_modules_[^/]+$/;

/** Folders for copies of others' code that people also use for their own: they count unless the file is in the repository. */
const VENDOR_FOLDER = /(?:^|\/)(?:vendor|deps|third[_-]party|externals?|wp-includes|wp-admin)\//;

/** Extensions of browsers, code that a browser or a tool makes up, modules of runtimes, and what is no file at all. */
const FOREIGN_SCHEME =
  /^(?:blob:)?(?:[a-z-]*-extension|safari-web-extension|webkit-masked-url|extensions?|chrome|resource|moz-nullprincipal|user-?script|node|bun|deno|ext|dart|native|wasm|npm|jsr|evalmachine|internal):|^webkit-masked-url|\.user\.js(?:$|\?)|^(?:internal\/[\w/-]+(?:\.js)?$|native |<|‹|\[native|\/rustc\/)/i;

/** Hosts whose scripts are nobody's own: registries and what pages embed. */
const FOREIGN_HOST =
  /^https?:\/\/(?:[\w-]+\.)*(?:googletagmanager\.com|google-analytics\.com|googleapis\.com|gstatic\.com|doubleclick\.net|googlesyndication\.com|recaptcha\.net|facebook\.net|stripe\.com|paypal\.com|paypalobjects\.com|cloudflareinsights\.com|cdnjs\.cloudflare\.com|jsdelivr\.net|unpkg\.com|esm\.sh|jspm\.io|skypack\.dev|deno\.land|jsr\.io|hotjar\.com|intercom(?:cdn)?\.(?:com|io)|segment\.com|sentry-cdn\.com|hs-scripts\.com|zdassets\.com|cookielaw\.org|cookiebot\.com|clarity\.ms|licdn\.com|tiktok\.com|polyfill\.io|posthog\.com|mxpnl\.com|adyen\.com|youtube\.com)(?:[:/]|$)/i;

/** Namespaces of runtimes and platforms, as modules name them. */
const FOREIGN_MODULE =
  /^(?:java|javax|jdk|sun|kotlin|kotlinx|scala|groovy|clojure|dalvik|android|androidx|libcore|com\.(?:sun|android)|io\.sentry|System|Microsoft\.(?:AspNetCore|Extensions|EntityFrameworkCore|Win32|CSharp))\./;

/** Go's standard library: the module is the folder. */
const GO_STANDARD =
  /^(?:bufio|bytes|compress|context|crypto|database|encoding|errors|fmt|hash|html|io|iter|log|maps|math|mime|net|os|reflect|regexp|runtime|slices|sort|strconv|strings|sync|syscall|testing|text|time)(?:\/|$)/;

/** Images of Android, of Apple's and of C's runtimes, and packages that every Flutter application has. */
const FOREIGN_PACKAGE =
  /^(?:flutter|flutter_test|sky_engine|UIKit(?:Core)?|Foundation|CoreFoundation|libdispatch\.dylib|libobjc\.A\.dylib|libc\+\+abi\.dylib|libc\+\+\.1\.dylib|libswift\w+\.dylib|libsystem_\w+\.dylib|(?:System|Microsoft)\.[\w.]+, Version=.*|mscorlib(?:,.*)?|SwiftUI|CFNetwork|GraphicsServices|QuartzCore|dyld)$|^\/(?:apex|system|vendor)\/|(?:^|\/)(?:libc|libart|libm|libpthread|libstdc\+\+)\.so|(?:^|\\)(?:ntdll|kernel32|kernelbase|ucrtbase|user32)\.dll$/i;

/**
 * Whether a frame bears a mark of a dependency, a runtime or a browser's extension: in its path, its absolute path, its
 * module or its package. One mark is enough, whatever the reporter thinks of the frame.
 */
export function isMarkedForeign(frame: FramePlaces): boolean {
  const places = [frame.path, frame.absolutePath, frame.package ?? null].flatMap((place) =>
    place === null ? [] : [place.slice(0, 2000)],
  );
  return (
    places.some(isForeignPlace) ||
    FOREIGN_MODULE.test(frame.module ?? "") ||
    (GO_STANDARD.test(frame.module ?? "") && /\.(?:go|s)$/.test(frame.path ?? "")) ||
    FOREIGN_PACKAGE.test(frame.package ?? "")
  );
}

function isForeignPlace(place: string): boolean {
  const plain = place.replaceAll("\\", "/").replace(/^\(?(?:app|webpack|webpack-internal|file):\/\/\//i, "/");
  return (
    FOREIGN_SCHEME.test(place) ||
    FOREIGN_HOST.test(place) ||
    DEPENDENCY_FOLDER.test(plain) ||
    DEPENDENCY_CHUNK.test(plain) ||
    SHORTENED_GEM.test(plain) ||
    isPackageUri(plain)
  );
}

const isPackageUri = (place: string): boolean => /^package:(?:flutter|flutter_test|sky_engine)\//.test(place);

/** Whether a frame lies in a folder for copies of others' code. */
export function isVendored(frame: Pick<FramePlaces, "path" | "absolutePath">): boolean {
  return [frame.path, frame.absolutePath].some((place) =>
    VENDOR_FOLDER.test(place?.replaceAll("\\", "/") ?? ""),
  );
}
