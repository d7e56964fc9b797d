import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { inlineDocuments } from './build/inline-documents.ts';

const controlPlane = `http://127.0.0.1:${process.env.WEIR_CONTROL_PORT ?? 3000}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [inlineDocuments(), react()],
  resolve: { dedupe: ['graphql', 'react', 'react-dom'] },
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    sourcemap: false,
    // For the check of page sizes (page-sizes.ts).
    manifest: true,
    chunkSizeWarningLimit: 700,
  },
  // For `pnpm dev`: the page comes from Vite, its data from the real control plane.
  server: { proxy: { '/graphql': { target: controlPlane, ws: true }, '/api': controlPlane } },
});
