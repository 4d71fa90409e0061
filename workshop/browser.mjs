// Unpacks the Chromium of @sparticuz/chromium into TMPDIR, and says where it is. Called by the Makefile.
import chromium from "@sparticuz/chromium";
console.log(await chromium.executablePath());
