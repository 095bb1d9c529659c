importScripts("/peer/tfjs.js");
serveBackend("cpu");
