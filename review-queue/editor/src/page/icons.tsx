// Signs on buttons that have no room for words; each button says in words what it does.

interface Shape {
  readonly d: string;
}

function Icon({ d }: Shape) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={d} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

const EYE = "M1.5 8C3 5 5.3 3.5 8 3.5S13 5 14.5 8C13 11 10.7 12.5 8 12.5S3 11 1.5 8M8 6a2 2 0 1 1 0 4a2 2 0 1 1 0-4";
const BODY = "M3.5 7.5h9v6h-9z";

export const Eye = ({ shut }: { readonly shut: boolean }) => <Icon d={shut ? EYE + "M2.5 13.5l11-11" : EYE} />;
export const Padlock = ({ open }: { readonly open: boolean }) => <Icon d={BODY + (open ? "M5.5 7.5V4.5a2.5 2.5 0 0 1 4.8-1" : "M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5")} />;
export const Sun = () => <Icon d="M8 5.2a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 1 1 0-5.6M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1" />;
export const Moon = () => <Icon d="M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7" />;
