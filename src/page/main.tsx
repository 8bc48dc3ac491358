import { render } from 'preact';
import { createApi } from './api-client.ts';
import { App } from './app.tsx';
import { readToken } from './token.ts';

const api = createApi({ token: readToken, request: (path, init) => fetch(path, init) });
const place = document.getElementById('page');
if (place !== null) render(<App api={api} />, place);
