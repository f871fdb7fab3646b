import { inPieces } from './twimlPieces.ts';

/** A TwiML document, one verb a line, its tags and values coloured. */
export function Twiml({ text }: { text: string }) {
  return (
    <pre className="twiml">
      {inPieces(text).map(({ kind, text: piece }, index) => (
        <span key={index} className={kind}>
          {piece}
        </span>
      ))}
    </pre>
  );
}
