import express, { type Express } from 'express';

/** The least that Express can do: one route that sends a constant, whatever it is asked. */
export function bareExpress(): Express {
  const app = express();
  app.post('/{*any}', (_request, response) => {
    response.type('text/xml').send('<Response><Hangup/></Response>');
  });
  return app;
}
